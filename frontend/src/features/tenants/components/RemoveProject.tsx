import { etagOf, http } from '@shared/api/http';
import type { Preview, Project } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { Casualties } from '@shared/components/Casualties';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

interface Props {
  project: Project;
  changes: readonly QueryKey[];
  onClose: () => void;
}

export function RemoveProject({ project, changes, onClose }: Props) {
  const { t } = useTranslation('tenants');
  const whom = (cursor?: string) => http.get<Preview>(`/projects/${project.id}/preview/`, { query: { cursor } });
  const preview = useQuery({
    queryKey: ['projects', project.id, 'preview'],
    queryFn: () => whom(),
    staleTime: 0,
  });
  const remove = useAct({
    act: () => http.delete(`/projects/${project.id}/`, { etag: etagOf(project), body: { confirm: project.slug } }),
    done: t('projects.removed', { name: project.name }),
    changes,
    onDone: onClose,
    onProblem: () => undefined,
  });
  return (
    <ConfirmByTyping
      open
      title={t('projects.remove', { name: project.name })}
      action={t('projects.removeAct')}
      word={project.slug}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      <Casualties preview={preview} more={whom} />
    </ConfirmByTyping>
  );
}
