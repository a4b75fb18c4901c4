/** The package has no types. By file: `punycode` alone is a module of Node. */
declare module 'punycode/punycode.js' {
  /** @throws RangeError for text that encodes nothing (RFC 3492). */
  export function decode(text: string): string;
  const punycode: { readonly decode: typeof decode };
  export default punycode;
}
