import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { server } from './server';

// A machine that runs everything at once takes its time to answer and to draw.
configure({ asyncUtilTimeout: 20_000 });

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());

// What jsdom lacks and the component library asks for.
const computedStyle = window.getComputedStyle;
window.getComputedStyle = (element) => computedStyle(element);
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }) as unknown as MediaQueryList;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// jsdom draws nothing: a canvas takes every call and shows nothing. Without it charts fail in whichever frame they draw first.
HTMLCanvasElement.prototype.getContext = (() =>
  new Proxy({}, { get: () => () => ({ width: 0, addColorStop() {} }), set: () => true })) as never;
