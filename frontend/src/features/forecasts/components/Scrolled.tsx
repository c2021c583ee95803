import '../forecasts.css';
import type { ReactNode } from 'react';

/** A table that may be wider than the page: its own scrolling box is reached by keyboard, whatever is in it. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by arrow keys
    <section className="scrolled-table" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
