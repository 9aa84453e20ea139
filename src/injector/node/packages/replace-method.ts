/** Puts another method in place of one. */

/** @throws Error where there is no such method, and what is loaded is not as it is known */
export function replaceMethod<Target extends object, Name extends keyof Target & string>(
  target: Target,
  name: Name,
  replacing: (original: Target[Name]) => Target[Name],
): void {
  if (typeof target[name] !== 'function') throw new Error(`it has no ${name}`);
  target[name] = replacing(target[name]);
}
