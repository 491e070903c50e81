import { defineConfig } from 'vite';
import { common } from './vite.config.ts';

/** GraphiQL, at /graphiql. */
export default defineConfig({
  ...common,
  worker: { format: 'es' },
  // GraphiQL derives its icons' titles from the names of functions.
  esbuild: { keepNames: true },
  build: {
    ...common.build,
    // It is built after the explorer, into the same folder.
    emptyOutDir: false,
    license: { fileName: 'licenses-graphiql.md' },
    // Monaco is one big chunk by nature.
    chunkSizeWarningLimit: 4096,
    rollupOptions: { input: 'graphiql.html' },
  },
});
