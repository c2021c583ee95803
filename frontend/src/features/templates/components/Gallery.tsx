import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Card, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Template, templatesQuery } from '../api';

interface Props {
  /** The tenant whose templates are shown beside the platform's. */
  tenant: string | null;
  empty: ReactNode;
  actions: (template: Template) => ReactNode[];
}

/** Templates of the tenant and of the platform, as cards. */
export function Gallery({ tenant, empty, actions }: Props) {
  const { t } = useTranslation('templates');
  const { data, error, isPending, refetch } = useQuery(templatesQuery);
  if (isPending) return <PageLoading />;
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  const all = data?.results ?? [];
  const own = all.filter((template) => template.tenant_id !== null && template.tenant_id === tenant);
  const platform = all.filter((template) => template.tenant_id === null);
  if (own.length + platform.length === 0) return <>{empty}</>;
  return (
    <>
      {own.length > 0 && <Shelf title={t('ofTenant')} templates={own} actions={actions} />}
      {platform.length > 0 && <Shelf title={t('ofPlatform')} templates={platform} actions={actions} />}
    </>
  );
}

interface ShelfProps {
  title: string;
  templates: readonly Template[];
  actions: (template: Template) => ReactNode[];
}

function Shelf({ title, templates, actions }: ShelfProps) {
  const { t } = useTranslation('templates');
  const key = useKey();
  return (
    <section aria-label={title} style={{ marginBottom: 24 }}>
      <h3 style={{ fontSize: 14, margin: '0 0 8px' }} className="muted">
        {title}
      </h3>
      <ul
        style={{
          display: 'grid',
          gap: 12,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
          listStyle: 'none',
          margin: 0,
          padding: 0,
        }}
      >
        {templates.map((template) => (
          <li key={template.id}>
            <Card
              size="small"
              title={template.name}
              extra={<Tag>{key(`jobs:frameworks.${template.framework}`, { fallback: template.framework })}</Tag>}
              actions={actions(template)}
              style={{ height: '100%', display: 'flex', flexDirection: 'column' }}
              styles={{ body: { flex: 1 } }}
            >
              <p style={{ margin: '0 0 8px', whiteSpace: 'pre-wrap' }}>{template.description || t('noDescription')}</p>
              <span className="muted">
                {t('replicas', { count: replicasOf(template) })}
                {template.created_by ? ` · ${t('by', { name: template.created_by.name })}` : ''}
              </span>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

const replicasOf = (template: Template) =>
  (template.spec.roles ?? []).reduce((sum, role) => sum + (role.replicas ?? 1), 0);
