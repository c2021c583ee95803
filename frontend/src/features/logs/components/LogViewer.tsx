import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useSession } from '@shared/session/session';
import { DARK } from '@shared/theme/palette';
import { MONO, usePalette } from '@shared/theme/theme';
import { App, Button, Empty, type InputRef, Skeleton } from 'antd';
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { downloadAddress, findInAll, type LogSubject } from '../api';
import { type Line, lineKey, parseLineKey, plainText } from '../model/line';
import { step } from '../model/search';
import { clock } from '../model/times';
import { useFind } from '../model/useFind';
import { useLogSession, useRows } from '../model/useLogSession';
import { useStored } from '../model/useStored';
import type { LogSearch } from '../search';
import { LogRow, type RowLook } from './LogRow';
import { LogTools } from './LogTools';
import styles from './LogViewer.module.css';
import { type RankInfo, RankList } from './RankList';

/** What programs in our frameworks print when they die; the server searches the whole log for it. */
const ERROR_PATTERN = '(ERROR|FATAL|CRITICAL|Traceback \\(|Error:|Exception:|Segmentation fault)';

/** Until the list has measured rows that were put in front. */
const SETTLED_MS = 120;

interface Props {
  subject: LogSubject;
  /** All ranks of all attempts, as far as the page knows them. */
  ranks: readonly RankInfo[];
  newestAttempt: number;
  search: LogSearch;
  onSearch: (change: Partial<LogSearch>) => void;
}

export function LogViewer({ subject, ranks, newestAttempt, search, onSearch }: Props) {
  const { t, i18n } = useTranslation('logs');
  const { message } = App.useApp();
  const palette = usePalette();
  const ground = palette === DARK ? 'dark' : 'light';
  const { time_zone: zone } = useSession().user;
  const mark = parseLineKey(search.line);
  const attempt = search.attempt ?? mark?.attempt ?? Math.max(1, newestAttempt);
  const session = useLogSession(subject, attempt);
  const { store } = session;
  const rows = useRows(session, search.level);
  const query = useMemo(
    () => ({ text: search.find ?? '', regex: Boolean(search.regex), caseSensitive: false }),
    [search.find, search.regex],
  );
  const found = useFind(rows, query);
  const [wrap, setWrap] = useStored('wrap', true);
  const [times, setTimes] = useStored('times', true);
  const [full, setFull] = useState(false);
  const [following, setFollowing] = useState(!mark);
  const [current, setCurrent] = useState<Line | null>(null);
  const [chosen, setChosen] = useState<{ from: Line; to: Line } | null>(null);
  const [searching, setSearching] = useState(false);
  const [target, setTarget] = useState<{ rank: number; number: number } | null>(null);
  const virtuoso = useRef<VirtuosoHandle>(null);
  const scroller = useRef<HTMLElement | null>(null);
  const find = useRef<InputRef>(null);
  const root = useRef<HTMLElement>(null);

  const ofAttempt = useMemo(() => ranks.filter((one) => one.attempt === attempt), [ranks, attempt]);
  const names = useMemo(() => new Map(ofAttempt.map((one) => [one.rank, one.name])), [ofAttempt]);
  const attempts = useMemo(
    () => Array.from({ length: Math.max(newestAttempt, attempt, 1) }, (_, index) => index + 1).reverse(),
    [newestAttempt, attempt],
  );

  useEffect(() => store.select(search.rank === undefined ? null : new Set([search.rank])), [store, search.rank]);

  const show = useCallback((index: number) => virtuoso.current?.scrollToIndex({ index, align: 'center' }), []);

  /** Bring a line to the screen, loading what is around it. */
  const reach = useCallback(
    async (rank: number, number: number) => {
      setFollowing(false);
      if (!(await session.reach(rank, number))) {
        void message.info(t('lineGone'));
        return;
      }
      setTarget({ rank, number });
    },
    [session, message, t],
  );

  // The line is there, but the list draws it only now: rows that came in front have moved all others.
  useEffect(() => {
    if (!target) return;
    const index = rows.lines.findIndex((line) => line.rank === target.rank && line.number === target.number);
    if (index < 0) return;
    const timer = setTimeout(() => {
      show(index);
      setTarget(null);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [target, rows, show]);

  const ready = session.state === 'ready';
  const markKey = search.line;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the log is there, and for each new link, not for each line
  useEffect(() => {
    if (ready && mark && mark.attempt === attempt) void reach(mark.rank, mark.number);
  }, [ready, markKey, attempt]);

  const { version } = rows;
  const last = rows.lines.length - 1;
  const toEnd = () => {
    if (following) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new version of the lines is followed
  useEffect(toEnd, [following, version, last]);

  const go = useCallback(
    (direction: 1 | -1) => {
      const at = current ? rows.lines.indexOf(current) : null;
      const next = step(found.hits, at !== null && at >= 0 ? at : null, direction);
      if (next === null) return;
      setFollowing(false);
      setCurrent(rows.lines[next] ?? null);
      show(next);
    },
    [current, rows, found.hits, show],
  );

  const inAll = async (q: string, regex: boolean, nothing: string) => {
    setSearching(true);
    try {
      const first = await findInAll(subject, {
        q,
        regex,
        attempt,
        ...(search.rank === undefined ? {} : { rank: search.rank }),
      });
      const hit = first[0];
      if (!hit) void message.info(nothing);
      else onSearch({ rank: hit.rank, line: `${attempt}/${hit.rank}/${hit.number}`, level: undefined });
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    } finally {
      setSearching(false);
    }
  };

  const firstError = () => {
    const index = rows.lines.findIndex((line) => line.level === 'error');
    const line = rows.lines[index];
    if (line && !store.hasOlder) {
      setFollowing(false);
      setCurrent(line);
      show(index);
    } else void inAll(ERROR_PATTERN, true, t('noError'));
  };

  const chosenLines = useMemo(() => {
    if (!chosen) return [];
    const from = rows.lines.indexOf(chosen.from);
    const to = rows.lines.indexOf(chosen.to);
    return from < 0 || to < 0 ? [] : rows.lines.slice(Math.min(from, to), Math.max(from, to) + 1);
  }, [chosen, rows]);
  const chosenSet = useMemo(() => new Set(chosenLines), [chosenLines]);

  const onNumber = useCallback(
    (line: Line, extend: boolean) => {
      setFollowing(false);
      setChosen((before) => (extend && before ? { from: before.from, to: line } : { from: line, to: line }));
      if (!extend) onSearch({ line: lineKey(line) });
    },
    [onSearch],
  );
  const onFill = useCallback(
    (line: Line, missing: number) => void session.fill(line.rank, line.number - missing, line.number - 1),
    [session],
  );

  /** From line to line by keyboard, beginning with the last. */
  const move = (by: 1 | -1) => {
    const from = current ? rows.lines.indexOf(current) : -1;
    const index = from < 0 ? last : Math.min(last, Math.max(0, from + by));
    setFollowing(false);
    setCurrent(rows.lines[index] ?? null);
    virtuoso.current?.scrollIntoView({ index });
  };

  const copyText = () => chosenLines.map((line) => plainText(line.text)).join('\n');
  const onCopy = (event: ClipboardEvent) => {
    if (chosenLines.length < 2 && !window.getSelection()?.isCollapsed) return;
    if (chosenLines.length === 0) return;
    event.clipboardData.setData('text/plain', copyText());
    event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      find.current?.focus({ cursor: 'all' });
    } else if (event.key === 'Escape' && full) setFull(false);
    else if (event.target instanceof HTMLInputElement) return;
    else if (command && event.key.toLowerCase() === 'a' && rows.lines.length > 0) {
      event.preventDefault();
      setChosen({ from: rows.lines[0] as Line, to: rows.lines[last] as Line });
    } else if (event.target === scroller.current && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.target === scroller.current && event.key === 'Enter' && current) onNumber(current, event.shiftKey);
    else if (event.key === 'End') setFollowing(true);
    else if (event.key === 'Home') {
      setFollowing(false);
      show(0);
    }
  };

  // Ctrl-F belongs to the log while it is on the screen: the browser's own finds only the rows that are drawn.
  useEffect(() => {
    const take = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || !root.current?.offsetParent) return;
      event.preventDefault();
      find.current?.focus({ cursor: 'all' });
    };
    window.addEventListener('keydown', take);
    return () => window.removeEventListener('keydown', take);
  }, []);

  const time = useMemo(() => clock(i18n.language, zone), [i18n.language, zone]);
  const look: RowLook = useMemo(
    () => ({
      ground,
      wrap,
      time: times ? time.short : null,
      rankName: search.rank === undefined && ofAttempt.length > 1 ? (rank) => names.get(rank) ?? String(rank) : null,
      expression: found.expression,
    }),
    [ground, wrap, times, time, search.rank, ofAttempt.length, names, found.expression],
  );

  const lastTop = useRef(0);
  const watchScroll = useCallback((element: HTMLElement | Window | null) => {
    if (!(element instanceof HTMLElement)) return;
    scroller.current = element;
    element.addEventListener(
      'scroll',
      () => {
        const { scrollTop, scrollHeight, clientHeight } = element;
        if (scrollTop < lastTop.current - 4) setFollowing(false);
        else if (scrollTop > lastTop.current && scrollHeight - scrollTop - clientHeight < 4) setFollowing(true);
        lastTop.current = scrollTop;
      },
      { passive: true },
    );
  }, []);

  const at = current ? found.hits.indexOf(rows.lines.indexOf(current)) : -1;
  const { missing } = store;
  const variables = {
    '--ground': palette.ground,
    '--raised': palette.raised,
    '--text': palette.text,
    '--muted': palette.muted,
    '--line': palette.line,
    '--primary': palette.primary,
    '--bad': palette.bad,
    '--warning': palette.warning,
    '--mono': MONO,
  } as CSSProperties;

  return (
    <section
      ref={root}
      className={`${styles.viewer} ${full ? styles.full : ''}`}
      style={variables}
      aria-label={t('title')}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <RankList
        ranks={ofAttempt}
        chosen={search.rank}
        ground={ground}
        onChoose={(rank) => onSearch({ rank, line: undefined })}
      />
      <div className={styles.main}>
        <LogTools
          search={search}
          attempts={attempts}
          attempt={attempt}
          found={{
            count: found.hits.length,
            at: at < 0 ? null : at,
            invalid: found.invalid,
            more: store.hasOlder || missing > 0,
          }}
          findRef={find}
          wrap={wrap}
          times={times}
          full={full}
          searching={searching}
          download={downloadAddress(subject, attempt, search.rank ?? null)}
          onSearch={onSearch}
          onStep={go}
          onFirstError={firstError}
          onWhole={() => void inAll(search.find ?? '', Boolean(search.regex), t('nothingFound'))}
          onWrap={() => setWrap(!wrap)}
          onTimes={() => setTimes(!times)}
          onFull={() => setFull(!full)}
        />
        <div className={styles.lines} role="log" aria-live="off" aria-label={t('lines')}>
          {session.state === 'failed' ? (
            <div className={styles.centre}>
              <ErrorPanel error={session.problem} retry={() => void session.open()} />
            </div>
          ) : session.state === 'loading' ? (
            <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 16 }} />
          ) : rows.lines.length === 0 ? (
            <div className={styles.centre}>
              <Empty description={search.level ? t('noneOfLevel') : t('noLines')} />
            </div>
          ) : (
            <Virtuoso
              ref={virtuoso}
              className={styles.scroller}
              scrollerRef={watchScroll}
              totalCount={rows.lines.length}
              firstItemIndex={rows.first}
              initialTopMostItemIndex={Math.max(0, last)}
              defaultItemHeight={20}
              increaseViewportBy={400}
              startReached={() => void session.older()}
              // The list is told its new height before it has it: who follows goes to its end once it is drawn.
              totalListHeightChanged={() => requestAnimationFrame(toEnd)}
              components={{ Header: store.hasOlder ? LoadingOlder : undefined }}
              computeItemKey={(index) => {
                const line = rows.lines[index - rows.first];
                return line ? lineKey(line) : index;
              }}
              itemContent={(index) => {
                const line = rows.lines[index - rows.first];
                return line ? (
                  <LogRow
                    line={line}
                    missing={store.missingBefore(line)}
                    look={look}
                    marked={lineKey(line) === search.line}
                    chosen={chosenSet.has(line)}
                    current={line === current}
                    onNumber={onNumber}
                    onFill={onFill}
                  />
                ) : null;
              }}
            />
          )}
          {ready && !following && rows.lines.length > 0 && (
            <Button className={styles.follow} type="primary" onClick={() => setFollowing(true)}>
              {t('follow')}
            </Button>
          )}
        </div>
        <div className={styles.bar}>
          <span>{t('shown', { count: rows.lines.length })}</span>
          {missing > 0 && <span>{t('holes', { count: missing })}</span>}
          <span>{following ? t('followingNow') : t('paused')}</span>
          <span className={styles.spring} />
          {chosenLines.length > 1 && (
            <Button size="small" onClick={() => void navigator.clipboard.writeText(copyText())}>
              {t('copyLines', { count: chosenLines.length })}
            </Button>
          )}
          <span>{time.zone}</span>
        </div>
      </div>
    </section>
  );
}

function LoadingOlder() {
  const { t } = useTranslation('logs');
  return <div className={styles.notice}>{t('loadingOlder')}</div>;
}
