import { http, type Page } from '@shared/api/http';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  project: string;
  value: string | undefined;
  onChange: (schedule: string | undefined) => void;
}

/** Jobs of one schedule only. The schedules are asked for when somebody wants to choose, or has chosen. */
export function ScheduleFilter({ project, value, onChange }: Props) {
  const { t } = useTranslation('jobs');
  const [opened, setOpened] = useState(false);
  const { data, isPending } = useQuery({
    queryKey: ['projects', project, 'schedules', 'names'],
    queryFn: ({ signal }) =>
      http.get<Page<{ id: string; name: string }>>(`/projects/${project}/schedules/`, {
        query: { fields: 'id,name', limit: 200 },
        signal,
      }),
    enabled: opened || value !== undefined,
  });
  const known = (data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // One that was removed meanwhile still has its jobs.
  const gone = value && !known.some((one) => one.value === value) ? [{ value, label: t('scheduleGone') }] : [];
  return (
    <Select
      allowClear
      aria-label={t('columns.schedule')}
      placeholder={t('columns.schedule')}
      value={value ?? null}
      loading={(opened || value !== undefined) && isPending}
      onOpenChange={(open) => open && setOpened(true)}
      onChange={(schedule) => onChange(schedule ?? undefined)}
      options={isPending ? [] : [...known, ...gone]}
      style={{ minWidth: 130 }}
    />
  );
}
