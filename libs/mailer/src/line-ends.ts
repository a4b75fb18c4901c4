const CR = 13;
const LF = 10;

/**
 * Whether bytes contain a CR or LF that is not part of CRLF. RFC 5321, 2.3.8
 * forbids both. Servers disagree about them, so that one message can become two
 * (SMTP smuggling, CVE-2023-51764).
 */
export function hasBareLineEnd(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) if (bytes[at - 1] !== CR) return true;
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) return true;
  return false;
}

/** The bytes with each bare CR and LF as CRLF; the same buffer without any. */
export function withCrlf(bytes: Buffer): Buffer {
  if (!hasBareLineEnd(bytes)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length * 2);
  let length = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte !== CR && byte !== LF) out[length++] = byte;
    else if (byte === CR || bytes[at - 1] !== CR) {
      out[length++] = CR;
      out[length++] = LF;
    }
  }
  return out.subarray(0, length);
}
