import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** Documents are parsed by the page, which gets no longer by how they are indented here. */
const unindented: Plugin = {
  name: 'unindented',
  transform: (code, id) => (/\/src\/.*\.tsx?$/.test(id) ? code.replace(/(?<=graphql\(\s*)`[^`]*`/g, (text) => text.replace(/\s+/g, ' ')) : undefined),
};

/** What both pages are built with. They share no file: each loads what it needs alone. */
export const common: UserConfig = {
  // Relative, so that the server may live below a path prefix.
  base: './',
  plugins: [react(), unindented],
  build: {
    outDir: '../dist',
    sourcemap: false,
    target: 'es2022',
    // The policy of the pages lets them load files, and no data URLs.
    assetsInlineLimit: 0,
  },
};

/** The explorer, at /. */
export default defineConfig({
  ...common,
  // `npm run dev` asks a Kith that runs beside it.
  server: { proxy: { '/graphql': 'http://127.0.0.1:8080', '/v1': 'http://127.0.0.1:8080', '/graphiql': 'http://127.0.0.1:8080' } },
  // The bundle travels inside the server's binary; so must the notices.
  build: {
    ...common.build,
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    rollupOptions: { output: { experimentalMinChunkSize: 8_000 } },
  },
});
