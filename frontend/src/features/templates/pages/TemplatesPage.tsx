import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { useLivePage, useStream } from '@shared/live/useStream';
import { useHeld, useProject } from '@shared/session/place';
import { useSession } from '@shared/session/session';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imagesOf, MANAGE, removeTemplate, type Template, templatesQuery } from '../api';
import { EditTemplate } from '../components/EditTemplate';
import { Gallery } from '../components/Gallery';
import { PullImage } from '../components/PullImage';

export function TemplatesPage() {
  const { t } = useTranslation('templates');
  const { modal } = App.useApp();
  const session = useSession();
  const { tenant, project } = useProject();
  const navigate = useNavigate();
  const [editing, setEditing] = useState<{ template: Template | null; tenant: string | null } | null>(null);
  const [pulling, setPulling] = useState<Template | null>(null);
  const held = useHeld();
  const submits = can(held, 'jobs.submit');
  const { changes, refresh } = useLivePage<Template>(templatesQuery.queryKey, {
    tenant: tenant.id,
    kinds: ['template'],
  });
  // Events hold no specification, for what is shown of one depends on the reader.
  useStream(
    { tenant: tenant.id, kinds: ['template'] },
    { onEvent: (event) => event.op === 'changed' && void refresh(), onLost: () => undefined },
  );
  const remove = useAct<Template>({
    act: removeTemplate,
    done: (_, template) => t('removed', { name: template.name }),
    changes: [templatesQuery.queryKey],
  });
  const where = { tenant: tenant.slug, project: project.slug };
  const jobs = '/t/$tenant/p/$project/jobs' as const;
  const askRemoval = (template: Template) =>
    modal.confirm({
      title: t('removeTitle', { name: template.name }),
      content: t('removeText'),
      okText: t('remove'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(template).catch(() => undefined),
    });
  const actions = (template: Template) => [
    ...(submits
      ? [
          <Button
            key="use"
            type="link"
            aria-label={t('useNamed', { name: template.name })}
            onClick={() =>
              void navigate({ to: '/t/$tenant/p/$project/jobs/new', params: where, search: { template: template.id } })
            }
          >
            {t('use')}
          </Button>,
        ]
      : []),
    ...(submits && imagesOf(template).length > 0
      ? [
          <Button
            key="pull"
            type="link"
            aria-label={t('pullNamed', { name: template.name })}
            onClick={() => setPulling(template)}
          >
            {t('pull')}
          </Button>,
        ]
      : []),
    ...(can(template, MANAGE(template))
      ? [
          <Button
            key="edit"
            type="link"
            aria-label={t('editNamed', { name: template.name })}
            onClick={() => setEditing({ template, tenant: template.tenant_id })}
          >
            {t('edit')}
          </Button>,
          <Button
            key="remove"
            type="link"
            danger
            aria-label={t('removeNamed', { name: template.name })}
            onClick={() => askRemoval(template)}
          >
            {t('remove')}
          </Button>,
        ]
      : []),
  ];
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        facts={<span>{t('intro')}</span>}
        api={{ method: 'GET', path: '/templates/' }}
        actions={
          <>
            {changes > 0 && <Button onClick={() => void refresh()}>{t('changes', { count: changes })}</Button>}
            {can(session, 'platform-templates.manage') && (
              <Button onClick={() => setEditing({ template: null, tenant: null })}>{t('newOfPlatform')}</Button>
            )}
            {can(held, 'templates.manage') && (
              <Button type="primary" onClick={() => setEditing({ template: null, tenant: tenant.id })}>
                {t('new')}
              </Button>
            )}
          </>
        }
      />
      <Gallery
        tenant={tenant.id}
        actions={actions}
        empty={
          <EmptyState
            title={t('none')}
            action={
              submits ? (
                <Button type="primary" onClick={() => void navigate({ to: jobs, params: where })}>
                  {t('seeJobs')}
                </Button>
              ) : null
            }
          >
            {t('noneText')}
          </EmptyState>
        }
      />
      {pulling && (
        <PullImage template={pulling} tenant={tenant.id} project={project.id} onClose={() => setPulling(null)} />
      )}
      {editing && (
        <EditTemplate
          template={editing.template}
          tenant={editing.tenant}
          suggestFor={tenant.id}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
