import { ProgressBar } from '@shared/components/ProgressBar';
import { formatBytes, formatNumber } from '@shared/lib/units';
import { noteUploads } from '@shared/lib/uploads';
import { usePlace } from '@shared/session/place';
import { Button, Card, Flex } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { queue } from '../uploads/queue';
import '../buckets.css';

const MOST_FAILURES = 50;

/** How far uploads are, on every page. */
export function UploadTray() {
  const { t, i18n } = useTranslation('buckets');
  const { session } = usePlace();
  const progress = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const { files, bytes, doneFiles, doneBytes, failures, paused, busy, there } = progress;
  useEffect(() => void queue.restore(session.user.id), [session.user.id]);
  const over = !busy && !failures.length;
  useEffect(() => noteUploads(!over), [over]);
  if (!files) return null;
  const sent = doneBytes + queue.underWay;
  return (
    <Card size="small" className="upload-tray" role="region" aria-label={t('uploads')}>
      <Flex vertical gap={8}>
        <Flex justify="space-between" align="center" gap={8}>
          <strong role="status">
            {over
              ? t('uploaded', { count: doneFiles })
              : t('uploading', {
                  done: formatNumber(doneFiles, i18n.language),
                  files: formatNumber(files, i18n.language),
                })}
          </strong>
          <span>
            {busy && (
              <Button size="small" onClick={() => (paused ? queue.resume() : queue.pause())}>
                {paused ? t('goOn') : t('pause')}
              </Button>
            )}
            <Button size="small" type="text" onClick={() => void queue.clear()}>
              {over ? t('close') : t('stop')}
            </Button>
          </span>
        </Flex>
        <ProgressBar
          share={bytes ? sent / bytes : doneFiles / files}
          label={t('uploads')}
          failed={failures.length > 0}
        />
        <span className="muted tabular">
          {formatBytes(sent, i18n.language)} / {formatBytes(bytes, i18n.language)}
          {there > 0 && ` · ${t('there', { count: there })}`}
        </span>
        {failures.length > 0 && (
          <>
            <Flex justify="space-between" align="center">
              <span>{t('failed', { count: failures.length })}</span>
              <Button size="small" onClick={() => queue.retry()}>
                {t('retry')}
              </Button>
            </Flex>
            <ul className="upload-failures">
              {failures.slice(0, MOST_FAILURES).map(({ id, key, why }) => (
                <li key={id}>
                  <code className="mono">{key}</code> {why}
                </li>
              ))}
            </ul>
          </>
        )}
      </Flex>
    </Card>
  );
}
