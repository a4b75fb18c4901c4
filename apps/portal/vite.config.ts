import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the API listens while the portal is worked on with `npx vite apps/portal`. */
const API = 'http://localhost:3000';

export default defineConfig({
  root: here('.'),
  // Once, at the highest level: whoever opens the portal waits for neither bytes nor a processor.
  plugins: [
    react(),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(?:js|css|svg)$/, threshold: 500 }),
  ],
  build: { outDir: here('../../dist/apps/portal'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 600 },
  server: { proxy: { '/api': API, '/b': API, '/p': API } },
});
