import { useStanding } from '@shared/session/place';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { navigationAt } from './entries';

const PAUSE_MS = 1200;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role=dialog]') !== null);

/** Ctrl-K: palette; "?": keys; "g" and a letter: a page; "/": the search field of the page. */
export function useShortcuts(open: (overlay: 'palette' | 'shortcuts') => void) {
  const place = useStanding();
  const navigate = useNavigate();
  const leader = useRef(0);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open('palette');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const led = event.timeStamp - leader.current < PAUSE_MS;
      leader.current = 0;
      if (led) {
        const entry = navigationAt(place).find(({ letter }) => letter === event.key);
        if (entry) {
          event.preventDefault();
          void navigate({ to: entry.address as string });
        }
      } else if (event.key === 'g') leader.current = event.timeStamp;
      else if (event.key === '?') open('shortcuts');
      else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('#content .search-field input');
        if (!field) return;
        event.preventDefault();
        field.focus();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [place, navigate, open]);
}
