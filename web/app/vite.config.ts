import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** Documents are parsed by the page, which gets no longer by how they are indented and spaced here. Texts within them stay as they are. */
const unspaced: Plugin = {
  name: 'unspaced',
  transform: (code, id) =>
    /\/src\/.*\.tsx?$/.test(id) ? code.replace(/(?<=graphql\(\s*)`[^`]*`/g, (text) => text.replace(/("[^"]*")|\s*([{}():,!=[\]]|\.{3})\s*|\s+/g, (_, quoted, mark) => quoted ?? mark ?? ' ')) : undefined,
};

/** What both pages are built with. They share no file: each loads what it needs alone. */
export const common: UserConfig = {
  // Relative, so that the server may live below a path prefix.
  base: './',
  plugins: [react(), unspaced],
  build: {
    outDir: '../dist',
    sourcemap: false,
    target: 'es2022',
    // The policy of the pages lets them load files, and no data URLs.
    assetsInlineLimit: 0,
  },
};

/** The explorer, at /. It speaks English, whatever else a library could say in thirty languages. */
export default defineConfig({
  ...common,
  plugins: [...(common.plugins ?? []), optimizeLocales.vite({ locales: ['en-US'] })],
  // `npm run dev` asks a Kith that runs beside it.
  server: { proxy: { '/graphql': 'http://127.0.0.1:8080', '/v1': 'http://127.0.0.1:8080', '/graphiql': 'http://127.0.0.1:8080' } },
  // The bundle travels inside the server's binary; so must the notices.
  build: {
    ...common.build,
    emptyOutDir: true,
    // What browsers of before 2023 lack is a hint to load ahead.
    modulePreload: { polyfill: false },
    // It takes longer than what vite has of its own, and what it writes is smaller.
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
    license: { fileName: 'licenses.md' },
    rollupOptions: { output: { experimentalMinChunkSize: 60_000 } },
  },
});
