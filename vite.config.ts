import { defineConfig } from 'vite';

export default defineConfig({
  root: 'web',
  // From the root: the page of a shared link is served at /partage/….
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // MapLibre alone is above the default; it is one file, cached by its hash.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  // The server refuses a change whose Origin is not its Host: the proxy must leave Host as it came.
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
});
