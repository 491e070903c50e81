import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the server may live below a path prefix.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // GraphiQL derives its icons' titles from the names of functions.
  esbuild: { keepNames: true },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    // The bundle travels inside the server's binary; so must the notices.
    license: { fileName: 'licenses.md' },
    // Monaco is one big chunk by nature.
    chunkSizeWarningLimit: 4096,
  },
});
