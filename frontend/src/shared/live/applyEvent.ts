/** What an event does to what was read before. Pure: old page + events == fresh page, as far as its rows go. */
import type { Page } from '@shared/api/http';
import type { LiveEvent, LiveObject } from './protocol';

/**
 * Bring a page up to date. Rows keep their places, even when their new state would sort or filter them elsewhere: what
 * a person is about to click does not move. A row that is gone is taken out. What depends on the reader (`can`) is kept.
 */
export function applyEvent<Row extends LiveObject>(page: Page<Row>, event: LiveEvent): Page<Row> {
  const index = page.results.findIndex((row) => row.id === event.object_id);
  const row = page.results[index];
  if (!row || event.version <= row.version) return page;
  if (event.op === 'removed')
    return { ...page, results: page.results.filter((other) => other !== row), count: Math.max(0, page.count - 1) };
  return { ...page, results: page.results.with(index, applyToObject(row, event)) };
}

/** The same for one object. Events that are not newer change nothing (and keep the reference). */
export function applyToObject<Row extends LiveObject>(row: Row, event: LiveEvent): Row {
  if (row.id !== event.object_id || event.version <= row.version || !event.object) return row;
  return { ...row, ...(event.object as Partial<Row>), version: event.version };
}

/** Whether the event tells of a row that is not on this page: something new to offer, not to push in. */
export const isNews = <Row extends LiveObject>(page: Page<Row>, event: LiveEvent) =>
  event.op === 'added' && !page.results.some((row) => row.id === event.object_id);
