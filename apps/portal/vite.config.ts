import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the API listens while the portal is worked on with `npx vite apps/portal`. */
const API = 'http://localhost:3000';

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: { outDir: here('../../dist/apps/portal'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 600 },
  server: { proxy: { '/api': API, '/b': API, '/p': API } },
});
