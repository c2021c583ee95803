/** A shell in a replica that runs: choose which, open it, leave it. */
import { Problem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Duration } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Alert, Button, Flex, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail, Replica } from '../api';
import { replicaName } from '../components/ReplicasTable';
import type { End } from './connection';
import { Terminal } from './Terminal';

interface Props {
  job: JobDetail;
  /** Of the newest attempt. */
  replicas: readonly Replica[];
  rank: number | undefined;
  onRank: (rank: number) => void;
}

export function ShellTab({ job, replicas, rank, onRank }: Props) {
  const { t } = useTranslation('jobs');
  const running = replicas.filter(({ phase }) => phase === 'running');
  const chosen = running.find((one) => one.rank === rank) ?? running[0];
  const [held, setHeld] = useState<{ number: number; replica: Replica } | null>(null);
  const [idle, setIdle] = useState<number | null>(null);
  const [over, setOver] = useState<End | Problem | null>(null);
  const close = useRef<HTMLButtonElement>(null);
  const open = held !== null && over === null;

  const begin = () => {
    if (!chosen) return;
    setOver(null);
    setIdle(null);
    setHeld({ number: (held?.number ?? 0) + 1, replica: chosen });
  };
  const end = () => setHeld(null);

  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center" wrap>
        <Select
          aria-label={t('shell.replica')}
          value={open ? held.replica.rank : chosen?.rank}
          disabled={open || running.length === 0}
          onChange={onRank}
          options={running.map((replica) => ({
            value: replica.rank,
            label: replica.node ? `${replicaName(replica)} · ${replica.node}` : replicaName(replica),
          }))}
          style={{ minWidth: 220 }}
        />
        {open ? (
          <Button key="close" ref={close} onClick={end}>
            {t('shell.close')}
          </Button>
        ) : (
          <Button key="open" type="primary" onClick={begin} disabled={!chosen}>
            {t(held ? 'shell.again' : 'shell.open')}
          </Button>
        )}
        {open && idle !== null && (
          <span className="muted">
            {t('shell.keys')} {t('shell.idle')} <Duration seconds={idle} />
          </span>
        )}
      </Flex>
      {running.length === 0 && !held && <p>{t('shell.none')}</p>}
      {running.length > 0 && !held && <p className="muted">{t('shell.about')}</p>}
      {over && (over instanceof Problem ? <ErrorPanel error={over} /> : <Over end={over} />)}
      {held && (
        <Terminal
          key={held.number}
          project={job.project_id}
          job={job.id}
          replica={held.replica}
          label={t('shell.of', { replica: replicaName(held.replica) })}
          onOpen={setIdle}
          onOver={setOver}
          onLeave={() => close.current?.focus()}
        />
      )}
    </Flex>
  );
}

function Over({ end }: { end: End }) {
  const key = useKey();
  const good = end.code === 'exited' && end.exit_code === 0;
  return (
    <Alert
      type={good ? 'success' : 'info'}
      showIcon
      role="status"
      title={key(`jobs:shell.ended.${end.code}`, { code: end.exit_code, fallback: end.code })}
      description={end.message || undefined}
    />
  );
}
