import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { pieces } from '../model/ansi';
import { type Ground, rankColour } from '../model/colours';
import type { Line } from '../model/line';
import styles from './LogViewer.module.css';

export interface RowLook {
  ground: Ground;
  wrap: boolean;
  /** How to write the time of a line; null to leave it out. */
  time: ((at: number) => string) | null;
  /** Name of a rank, when several are shown together. */
  rankName: ((rank: number) => string) | null;
  expression: RegExp | null;
}

interface Props {
  line: Line;
  missing: number;
  look: RowLook;
  marked: boolean;
  chosen: boolean;
  current: boolean;
  onNumber: (line: Line, extend: boolean) => void;
  onFill: (line: Line, missing: number) => void;
}

export const LogRow = memo(function LogRow({ line, missing, look, marked, chosen, current, onNumber, onFill }: Props) {
  const { t } = useTranslation('logs');
  const classes = [styles.row, styles[line.level], styles[line.stream]];
  if (look.wrap) classes.push(styles.wrapped);
  if (marked) classes.push(styles.marked);
  if (chosen) classes.push(styles.chosen);
  if (current) classes.push(styles.current);
  const colour = rankColour(line.rank, look.ground);
  return (
    <>
      {missing > 0 && (
        <div className={styles.hole}>
          {t('missing', { count: missing })}
          <button type="button" className={styles.link} onClick={() => onFill(line, missing)}>
            {t('loadMissing')}
          </button>
        </div>
      )}
      <div
        className={classes.join(' ')}
        style={{ borderInlineStartColor: colour }}
        data-line={`${line.rank}/${line.number}`}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: by keyboard the list moves from line to line (see LogViewer); a tab stop a line would bury everything below */}
        <span className={styles.number} title={t('lineNumber')} onClick={(event) => onNumber(line, event.shiftKey)}>
          {line.number}
        </span>
        {look.time && <span className={styles.time}>{look.time(line.at)}</span>}
        {look.rankName && (
          <span className={styles.rank} style={{ color: colour }}>
            {look.rankName(line.rank)}
          </span>
        )}
        <span className={styles.text}>
          {pieces(line.text, look.ground, look.expression).map((piece, at) =>
            piece.hit ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change places
              <mark key={at}>{piece.text}</mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={at} style={piece.style}>
                {piece.text}
              </span>
            ),
          )}
        </span>
      </div>
    </>
  );
});
