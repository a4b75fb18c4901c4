import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Address of the API during development with `npx vite apps/portal`. */
const API = 'http://localhost:3000';

/**
 * Large modules that one or two screens use: editors, canvas, charts,
 * documents, dates, file readers. Only these screens load them. The campaign
 * editor's tabs share modules as if they were screens, and a chunk has all that
 * its modules import.
 */
const OF_FEW =
  /node_modules\/(?:@?(?:codemirror|lezer|marijn|xyflow|mantine\/(?:charts|dates|dropzone))|crelt|d3-|dayjs|decimal|es-toolkit|immer|konva|papaparse|pdfjs|react-(?:konva|redux)|recharts|redux|reselect|style-mod|victory|w3c-keyname|yaml)|\/features\/editor\/|\/libs\/(?:template-source|translation)\//;
/** Modules used by fewer screens stay out of the shared chunk. */
const SHARED_BY = 6;

export default defineConfig({
  root: here('.'),
  // Compressed once at build time, not per request. Brotli's level 10 takes
  // 2.6 s of processor time; level 11 takes 6.6 s for 2 % less, level 9 takes
  // 0.9 s for 6 % more.
  plugins: [
    react(),
    compression({
      algorithms: ['gzip', defineAlgorithm('brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } })],
      include: /\.(?:js|css|svg)$/,
      threshold: 500,
    }),
  ],
  // The contracts' sources: the server may be built at the same time.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: here('../../dist/apps/portal'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 720,
    // It would compress each file a second time, only to print its size.
    reportCompressedSize: false,
    // Few chunks, because each costs a round trip and a kilobyte of headers:
    // one for the start and a partner's home, one for shared modules, one per
    // screen. By default Vite makes one per set of screens that share modules:
    // about 100 for the home screen.
    rolldownOptions: {
      // Reads 1,900 modules instead of 8,700: of Tabler's icons, only those that
      // are imported.
      experimental: { lazyBarrel: true },
      // Schemas have no side effects.
      // A screen that imports one constant does not need the others.
      treeshake: { moduleSideEffects: [{ test: /\/libs\/contracts\//, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 3 },
            { name: 'start', tags: ['$initial'], priority: 2 },
            { name: 'screens', minShareCount: SHARED_BY, test: (id) => !OF_FEW.test(id), priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': API, '/b': API, '/p': API } },
});
