import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the API listens while the portal is worked on with `npx vite apps/portal`. */
const API = 'http://localhost:3000';

/** Of a screen or two each, and large: editors, canvases, charts, documents, dates, reading of files. Each comes with whoever uses it. */
const OF_FEW =
  /node_modules\/(?:@?(?:codemirror|lezer|marijn|xyflow|mantine\/(?:charts|dates|dropzone))|crelt|d3-|dayjs|decimal|es-toolkit|immer|konva|papaparse|pdfjs|react-(?:konva|redux)|recharts|redux|reselect|style-mod|victory|w3c-keyname|yaml)/;
/** How many screens share what comes with the first of them, instead of in files of its own. */
const SHARED_BY = 6;

export default defineConfig({
  root: here('.'),
  // Once, at the highest level: whoever opens the portal waits for neither bytes nor a processor.
  plugins: [
    react(),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(?:js|css|svg)$/, threshold: 500 }),
  ],
  build: {
    outDir: here('../../dist/apps/portal'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 720,
    // Few files, for each costs a round trip and a kilobyte of headers: what the portal and a partner's home begin with, what most other
    // screens share, and each screen's own. By itself Vite makes one for each set of screens that share something: a hundred of them for a home.
    rolldownOptions: {
      // Schemas declare and do nothing: a screen that takes a number from their floor needs none of them.
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
