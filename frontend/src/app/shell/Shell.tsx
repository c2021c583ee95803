import { Outlet } from '@tanstack/react-router';

export const Shell = () => (
  <main id="content" tabIndex={-1}>
    <Outlet />
  </main>
);
