import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Ground, rankColour } from '../model/colours';
import styles from './LogViewer.module.css';

/** What the page knows of a rank: its name among people, where it runs, and how it is. */
export interface RankInfo {
  attempt: number;
  rank: number;
  name: string;
  node: string;
  /** Its state, drawn. */
  health: ReactNode;
}

interface Props {
  ranks: readonly RankInfo[];
  chosen: number | undefined;
  ground: Ground;
  onChoose: (rank: number | undefined) => void;
}

export function RankList({ ranks, chosen, ground, onChoose }: Props) {
  const { t } = useTranslation('logs');
  return (
    <nav className={styles.ranks} aria-label={t('ranks')}>
      <button
        type="button"
        className={styles.rankButton}
        aria-pressed={chosen === undefined}
        onClick={() => onChoose(undefined)}
      >
        <span className={styles.swatch} style={{ background: 'var(--muted)' }} />
        <span className={styles.rankWho}>{t('allRanks', { count: ranks.length })}</span>
      </button>
      {ranks.map(({ rank, name, node, health }) => (
        <button
          type="button"
          key={rank}
          className={styles.rankButton}
          aria-pressed={chosen === rank}
          title={node ? t('rankOn', { name, rank, node }) : t('rankNamed', { name, rank })}
          onClick={() => onChoose(rank)}
        >
          <span className={styles.swatch} style={{ background: rankColour(rank, ground) }} />
          <span className={styles.rankWho}>
            {name}
            {node && <span className={styles.rankNode}>{node}</span>}
          </span>
          {health}
        </button>
      ))}
    </nav>
  );
}
