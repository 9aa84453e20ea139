/** What ldfi itself says of a model: without a stack, which would lead to whoever called ldfi, and not to the model. */
export function complaint(message: string): TypeError {
  return Object.assign(new TypeError(message), { stack: `TypeError: ${message}` });
}
