/** Ids of traces and spans, as lower-case hexadecimal digits. */

/**
 * An id of OTLP/JSON: hexadecimal, as its specification wants, or base64, as protobuf's own mapping to JSON writes
 * bytes. An id that is neither stays as it is.
 *
 * @param bytes how many the id has: 16 of a trace, 8 of a span
 */
export function readOtlpId(text: string, bytes: number): string {
  if (/^[0-9a-f]*$/i.test(text) && text.length === 2 * bytes) return text.toLowerCase();
  return hexOfBase64(text, bytes) ?? text;
}

function hexOfBase64(text: string, bytes: number): string | undefined {
  if (
    !/^[0-9A-Za-z+/_-]+={0,2}$/.test(text) ||
    Math.floor((text.replace(/=+$/, '').length * 3) / 4) !== bytes
  )
    return undefined;
  const decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Array.from(decoded, (character) => hexByte(character.charCodeAt(0))).join('');
}

export function hexOfBytes(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexByte(byte);
  return hex;
}

/** Digits of a byte, by its value: a million spans have fifty million of them. */
const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexByte(byte: number): string {
  return HEX_BYTES[byte];
}

/** Zeros stand for no id. */
export function isAbsentId(id: string): boolean {
  return /^0*$/.test(id);
}

/** 64 or 128 bits of a trace, 64 of a span. */
export function isWellFormedId(id: string, ofTrace: boolean): boolean {
  return /^[0-9a-f]+$/.test(id) && (id.length === 16 || (ofTrace && id.length === 32));
}
