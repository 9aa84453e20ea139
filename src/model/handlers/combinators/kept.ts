/** Some fields of the state outlive an outage, as what is on disk does, besides what the protocol keeps itself. */
import type { AnyHandlers, HandlerProtocol, NodeContext } from '../protocol.js';
import { withHandlers, withInnermost } from './layer.js';

type Fields = Readonly<Record<string, unknown>>;

/** What is on disk: what the protocol keeps itself, and the fields. */
interface Disk {
  readonly own: unknown;
  readonly fields: Fields;
}

/** @param fields those of them that a state has; undefined for all that there is of it */
export function withKept(protocol: HandlerProtocol, fields: readonly string[] | undefined): HandlerProtocol {
  return withHandlers(protocol, (handlers) =>
    withInnermost(handlers, (innermost) =>
      fields === undefined ? keepingAll(innermost) : keeping(innermost, fields),
    ),
  );
}

function keepingAll(handlers: AnyHandlers): AnyHandlers {
  return { ...handlers, keep: (state) => state, restore: (kept) => kept };
}

function keeping(handlers: AnyHandlers, names: readonly string[]): AnyHandlers {
  return {
    ...handlers,
    keep: (state): Disk => ({
      own: handlers.keep?.(state),
      fields: Object.fromEntries(
        names.filter((name) => name in (state as object)).map((name) => [name, (state as Fields)[name]]),
      ),
    }),
    restore(kept, context: NodeContext<string>) {
      const { own, fields } = kept as Disk;
      const rest = handlers.restore?.(own, context) ?? handlers.init(context.self, context.nodes);
      return { ...(rest as Fields), ...fields };
    },
  };
}
