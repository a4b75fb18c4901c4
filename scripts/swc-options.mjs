/**
 * How a server source becomes JavaScript, for Jest, for tools that import
 * sources, and for `npm start`: all three run the same code.
 */
export const SWC_OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    // Node imports JSON only with `with { type: 'json' }`.
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
};
