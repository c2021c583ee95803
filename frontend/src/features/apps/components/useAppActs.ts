import { useAct } from '@shared/api/useAct';
import { App as Antd } from 'antd';
import { useTranslation } from 'react-i18next';
import { type App, appKey, appsKey, removeApp, rollBack, switchApp } from '../api';

/** What one does to an app; where something ends it is asked once more. */
export function useAppActs(project: string, onRemoved?: () => void) {
  const { t } = useTranslation('apps');
  const { modal } = Antd.useApp();
  const changes = [appsKey(project), ['projects', project, 'app']];
  const switching = useAct<{ app: App; act: 'stop' | 'start' }>({
    act: ({ app, act }) => switchApp(app, act),
    done: (_, { app, act }) => t(act === 'stop' ? 'stopped' : 'started', { name: app.name }),
    changes,
  });
  const removing = useAct<App>({
    act: removeApp,
    done: (_, app) => t('removed', { name: app.name }),
    changes,
    ...(onRemoved ? { onDone: onRemoved } : {}),
  });
  const rolling = useAct<{ app: App; revision: number }>({
    act: ({ app, revision }) => rollBack(app, revision),
    done: (_, { revision }) => t('rolledBackTo', { number: revision }),
    changes,
  });
  const ask = (title: string, content: string, okText: string, onOk: () => Promise<unknown>, danger = true) =>
    modal.confirm({ title, content, okText, okButtonProps: { danger }, onOk: () => onOk().catch(() => undefined) });
  return {
    busy: switching.isPending,
    start: (app: App) => switching.mutate({ app, act: 'start' }),
    stop: (app: App) =>
      ask(t('stopTitle', { name: app.name }), t('stopText'), t('stop'), () =>
        switching.mutateAsync({ app, act: 'stop' }),
      ),
    remove: (app: App) =>
      ask(t('removeTitle', { name: app.name }), t('removeText'), t('remove'), () => removing.mutateAsync(app)),
    rollBack: (app: App, revision: number) =>
      ask(
        t('rollBackTitle', { number: revision }),
        t('rollBackText'),
        t('rollBack'),
        () => rolling.mutateAsync({ app, revision }),
        false,
      ),
    changes: (app: App) => [appsKey(project), appKey(project, app.id)],
  };
}
