/**
 * The JSON Schema of the document that `--json` prints, made when it is asked for: what makes it is not needed
 * otherwise.
 *
 * @returns a schema of draft 2020-12, as `ldfi schema` prints it
 */
export async function loadJsonSchema(): Promise<object> {
  const { jsonSchema } = await import('./json-schema.js');
  return jsonSchema;
}

/** The JSON Schema of the document that `ldfi trace --json` prints. */
export async function loadTraceSchema(): Promise<object> {
  const { traceSchema } = await import('./json-schema.js');
  return traceSchema;
}

/** The JSON Schema of the document that `ldfi explain --json` prints. */
export async function loadExplanationSchema(): Promise<object> {
  const { explanationSchema } = await import('./json-schema.js');
  return explanationSchema;
}

/** The JSON Schema of the document that `ldfi tolerance --json` prints. */
export async function loadToleranceSchema(): Promise<object> {
  const { toleranceSchema } = await import('./json-schema.js');
  return toleranceSchema;
}

/** The JSON Schema of the document that `ldfi check --list --json` prints. */
export async function loadListSchema(): Promise<object> {
  const { listSchema } = await import('./json-schema.js');
  return listSchema;
}

/** The JSON Schema of the document that `ldfi protect --json` prints. */
export async function loadProtectSchema(): Promise<object> {
  const { protectSchema } = await import('./json-schema.js');
  return protectSchema;
}

/** The JSON Schema of the document that `ldfi repair --json` prints. */
export async function loadRepairSchema(): Promise<object> {
  const { repairSchema } = await import('./json-schema.js');
  return repairSchema;
}
