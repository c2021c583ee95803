import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Act, carryOut, carryOutAll, type Job } from '../api';

const UNDO_SECONDS = 10;
/** Acts after which something that ran is gone: asked about first. */
export const RISKY: ReadonlySet<string> = new Set(['cancel', 'suspend']);

/** The acts on jobs: asks where something would be lost, says how it went, offers to undo a deletion. */
export function useJobActs(project: string) {
  const { t } = useTranslation('jobs');
  const cache = useQueryClient();
  const { message, modal, notification } = App.useApp();
  const [busy, setBusy] = useState<Act | null>(null);

  const reread = useCallback(() => cache.invalidateQueries({ queryKey: ['projects', project] }), [cache, project]);

  const offerUndo = useCallback(
    (ids: readonly string[], words: string) => {
      const key = `undo-${ids[0]}`;
      const undo = async () => {
        notification.destroy(key);
        try {
          await carryOutAll(project, 'restore', ids);
          void message.success(t('undone'));
        } catch (error) {
          notification.open({ title: null, description: <ErrorPanel error={error} />, duration: 0 });
        }
        await reread();
      };
      notification.open({
        key,
        title: words,
        description: t('undoHint'),
        duration: UNDO_SECONDS,
        actions: <Button onClick={() => void undo()}>{t('undo')}</Button>,
      });
    },
    [project, message, notification, reread, t],
  );

  const perform = useCallback(
    async (act: Act, job: Job): Promise<boolean> => {
      setBusy(act);
      try {
        await carryOut(act, job);
        if (act === 'delete') offerUndo([job.id], t('deleted', { name: job.name }));
        else void message.success(t(`done.${act}`, { name: job.name }));
        await reread();
        return true;
      } catch (error) {
        notification.open({ title: null, description: <ErrorPanel error={error} />, duration: 0 });
        await reread();
        return false;
      } finally {
        setBusy(null);
      }
    },
    [message, notification, offerUndo, reread, t],
  );

  const act = useCallback(
    (what: Act, job: Job, after?: () => void) => {
      const go = async () => {
        if (await perform(what, job)) after?.();
      };
      if (!RISKY.has(what) || job.replicas.running === 0) return void go();
      modal.confirm({
        title: t(`confirm.${what === 'cancel' ? 'cancel' : 'suspend'}.title`, { name: job.name }),
        content: t(`confirm.${what === 'cancel' ? 'cancel' : 'suspend'}.text`, { count: job.replicas.running }),
        okText: t(`acts.${what}`),
        cancelText: t('keep'),
        okButtonProps: { danger: what === 'cancel' },
        onOk: go,
      });
    },
    [modal, perform, t],
  );

  const actOnAll = useCallback(
    async (what: Act, ids: readonly string[]) => {
      setBusy(what);
      try {
        const { results } = await carryOutAll(project, what, ids);
        const done = results.filter((one) => one.status < 300).map((one) => one.id);
        if (what === 'delete' && done.length > 0) offerUndo(done, t('deletedMany', { count: done.length }));
        return results;
      } catch (error) {
        notification.open({ title: null, description: <ErrorPanel error={error} />, duration: 0 });
        return null;
      } finally {
        setBusy(null);
        await reread();
      }
    },
    [project, notification, offerUndo, reread, t],
  );

  return { act, actOnAll, busy };
}
