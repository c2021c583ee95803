import { setupServer } from 'msw/node';

/** The mocked network of tests; each test says what it answers with `server.use(http.get(...))`. */
export const server = setupServer();
