/** One counterexample: pictures of its runs, gone through in time, with what the nodes know and why. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Scene, SceneRun } from '../scene.js';
import { clipped } from './clipped.js';
import { Controls, Switches } from './controls.js';
import { type Arrow, stepsOf } from './course.js';
import { Properties, Sent } from './happenings.js';
import { Legend } from './legend.js';
import { Picture } from './picture.js';
import { type PictureFrame, frameOf, HEAD, STEP, yOf } from './places.js';
import { useScreenWidth } from './screen.js';
import { States } from './states.js';
import { type Choice, Finder, litSupportOf } from './support.js';
import { Why } from './why.js';

export function Stage({ scene }: { readonly scene: Scene }) {
  const [time, setTime] = useState(1);
  const [on, setOn] = useState<readonly number[]>(scene.faults.map((_, index) => index));
  const [isBeside, setBeside] = useState(false);
  const [looked, setLooked] = useState(0);
  const [choice, setChoice] = useState<Choice>();
  const number = scene.runs.findIndex((run) => isSame(run.on, on));
  const free = scene.runs.findIndex((run) => run.on.length === 0);
  const shown = [...new Set([...(number === -1 ? [] : [number]), ...(isBeside ? [free] : [])])];
  const detailed = shown.includes(looked) ? looked : shown.at(0);
  const stepTo = (next: number) => setTime(Math.min(scene.eot, Math.max(1, next)));
  const choose = useCallback((next: Choice) => {
    setLooked(next.run);
    setChoice(next);
  }, []);
  return (
    <div class="stage" onKeyDown={(event) => stepByKey(event, time, stepTo, scene.eot)}>
      <Controls scene={scene} time={time} onTime={stepTo} />
      <Switches
        scene={scene}
        on={on}
        isBeside={isBeside}
        hasFree={free !== -1 && scene.faults.length > 0}
        onSwitch={setOn}
        onBeside={setBeside}
      />
      {number === -1 && <p class="hint">The run under these faults alone is not in this file.</p>}
      <div class={shown.length > 1 ? 'columns two' : 'columns'}>
        <div class="drawn">
          <Pictures
            scene={scene}
            shown={shown}
            time={time}
            choice={choice}
            onChoose={choose}
            onTime={stepTo}
          />
          <Legend scene={scene} shown={shown} />
        </div>
        {detailed !== undefined && (
          <div class="details">
            {shown.length > 1 && <Looked scene={scene} shown={shown} looked={detailed} onLook={setLooked} />}
            <Details
              scene={scene}
              number={detailed}
              time={time}
              choice={choice}
              onChoose={choose}
              onClear={() => setChoice(undefined)}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

const STEP_KEYS: Readonly<Record<string, (time: number, eot: number) => number>> = {
  ArrowLeft: (time) => time - 1,
  ArrowRight: (time) => time + 1,
  Home: () => 1,
  End: (_, eot) => eot,
};

/** Where keys have a meaning of their own, they keep it. */
function stepByKey(event: KeyboardEvent, time: number, stepTo: (time: number) => void, eot: number): void {
  const next = STEP_KEYS[event.key];
  const isOwn = event.target instanceof Element && event.target.matches('input, .pictures');
  if (next === undefined || isOwn || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  stepTo(next(time, eot));
}

/** Of a fault in a title. */
const MOST_LETTERS = 60;

export function titleOf(scene: Scene, { on }: SceneRun): string {
  if (on.length === 0) return 'Without faults';
  return on.length === scene.faults.length
    ? 'Under all faults'
    : `Under ${on.map((fault) => clipped(scene.faults[fault].text, MOST_LETTERS)).join('; ')}`;
}

interface PicturesProps {
  readonly scene: Scene;
  /** The numbers of the runs. */
  readonly shown: readonly number[];
  readonly time: number;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
  readonly onTime: (time: number) => void;
}

/** Side by side, and scrolled together. */
function Pictures({ scene, shown, time, choice, onChoose, onTime }: PicturesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const screen = useScreenWidth();
  const frame = useMemo(() => frameOf(scene, shown.length, screen), [scene, shown.length, screen]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const [top, bottom] = [yOf(time) - STEP / 2, yOf(time) + STEP + 2 * HEAD];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }, [time]);
  return (
    <div class="pictures" ref={scroller} tabIndex={0} role="group" aria-label="Pictures of the runs">
      {shown.map((number) => (
        <RunPicture
          key={number}
          frame={frame}
          number={number}
          time={time}
          choice={choice?.run === number ? choice : undefined}
          onChoose={onChoose}
          onTime={onTime}
        />
      ))}
    </div>
  );
}

interface RunPictureProps extends Omit<PicturesProps, 'scene' | 'shown'> {
  readonly frame: PictureFrame;
  readonly number: number;
}

function RunPicture({ frame, number, time, choice, onChoose, onTime }: RunPictureProps) {
  const { scene } = frame;
  const run = scene.runs[number];
  const steps = useMemo(() => stepsOf(scene, run), [scene, run]);
  const finder = useFinder(run);
  const support = useMemo(
    () => (choice === undefined ? undefined : litSupportOf(scene, run, choice)),
    [scene, run, choice],
  );
  const chooseArrow = useCallback(
    ({ messages: [message] }: Arrow) => onChoose({ run: number, message, vertex: finder?.message(message) }),
    [number, finder, onChoose],
  );
  return (
    <Picture
      frame={frame}
      run={run}
      steps={steps}
      title={titleOf(scene, run)}
      time={time}
      support={support}
      onChoose={chooseArrow}
      onTime={onTime}
    />
  );
}

function useFinder({ lineage }: SceneRun): Finder | undefined {
  return useMemo(() => (lineage === null ? undefined : new Finder(lineage)), [lineage]);
}

interface LookedProps {
  readonly scene: Scene;
  readonly shown: readonly number[];
  readonly looked: number;
  readonly onLook: (number: number) => void;
}

/** Of which run the lists are. */
function Looked({ scene, shown, looked, onLook }: LookedProps) {
  return (
    <div class="looked" role="group" aria-label="The run that the lists are of">
      {shown.map((number) => (
        <button key={number} type="button" aria-pressed={number === looked} onClick={() => onLook(number)}>
          {titleOf(scene, scene.runs[number])}
        </button>
      ))}
    </div>
  );
}

interface DetailsProps extends Omit<PicturesProps, 'shown' | 'onTime'> {
  readonly number: number;
  readonly onClear: () => void;
}

function Details({ scene, number, time, choice, onChoose, onClear }: DetailsProps) {
  const run = scene.runs[number];
  const finder = useFinder(run);
  const own = choice?.run === number ? choice : undefined;
  const support = useMemo(
    () => (own === undefined ? undefined : litSupportOf(scene, run, own)),
    [scene, run, own],
  );
  const chooseItem = (item: number, node: number) =>
    onChoose({ run: number, message: undefined, vertex: finder?.item(item, node, time) });
  const chooseVertex = (vertex: number) => onChoose({ run: number, vertex, message: messageOf(run, vertex) });
  const chooseMessage = (message: number) =>
    onChoose({ run: number, message, vertex: finder?.message(message) });
  return (
    <>
      <Properties run={run} time={time} />
      <Sent scene={scene} run={run} time={time} chosen={own?.message} onChoose={chooseMessage} />
      <Why scene={scene} run={run} choice={own} support={support} onChoose={chooseVertex} onClear={onClear} />
      <States scene={scene} run={run} time={time} onChoose={chooseItem} />
    </>
  );
}

function messageOf({ lineage }: SceneRun, vertex: number): number | undefined {
  const { kind, of } = lineage!.vertices[vertex];
  return (kind === 'message' || kind === 'absence') && of !== null ? of : undefined;
}
