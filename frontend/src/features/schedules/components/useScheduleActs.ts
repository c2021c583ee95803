import { useAct } from '@shared/api/useAct';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { actOn, removeSchedule, type Schedule, schedulesKey } from '../api';

/** What one does to a schedule; removal is asked once more. */
export function useScheduleActs(project: string, onRemoved?: () => void) {
  const { t } = useTranslation('schedules');
  const { t: shared } = useTranslation();
  const { modal } = App.useApp();
  const changes = [schedulesKey(project), ['projects', project, 'jobs']];
  const act = useAct<{ schedule: Schedule; act: 'pause' | 'resume' | 'run' }>({
    act: (given) => actOn(given.schedule, given.act),
    done: (_, given) => t(`done.${given.act}`, { name: given.schedule.name }),
    changes,
  });
  const removing = useAct<Schedule>({
    act: removeSchedule,
    done: (_, schedule) => t('removed', { name: schedule.name }),
    changes,
    ...(onRemoved ? { onDone: onRemoved } : {}),
  });
  const remove = (schedule: Schedule) =>
    modal.confirm({
      title: t('removeTitle', { name: schedule.name }),
      content: t('removeText'),
      okText: shared('remove'),
      okButtonProps: { danger: true },
      onOk: () => removing.mutateAsync(schedule).catch(() => undefined),
    });
  return { act, remove };
}
