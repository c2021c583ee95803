import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Asked, type Exception, exceptionsPath, exceptionsQuery, removeException, type Typed } from '../api';
import { ExceptionForm } from '../components/ExceptionForm';
import { ExceptionState } from '../components/ExceptionState';
import { Limit } from '../components/Limit';
import { Requests } from '../components/Requests';
import { usePorts } from '../components/usePorts';

/** The answer to who asks, begun: the other direction, the same ports. */
const answerTo = ({ project, direction, protocol, ports }: Asked): Partial<Typed> => ({
  name: project.replace('/', '-').slice(0, 40).replace(/-+$/, ''),
  ...{ direction, protocol, ports, peer: project },
});

export function NetworkPage() {
  const { t } = useTranslation('isolation');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const { modal } = App.useApp();
  const ports = usePorts();
  const [view] = useView<ListSearch>();
  const options = exceptionsQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Exception>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['network-exception'],
  });
  const [form, setForm] = useState<{ exception?: Exception; begun?: Partial<Typed> } | null>(null);
  const mayManage = can(useHeld(), 'networks.manage');
  const close = useAct<Exception>({
    act: removeException,
    done: (_, exception) => t('closed', { name: exception.name }),
    changes: [['projects', project.id]],
  });
  const askToClose = (exception: Exception) =>
    void modal.confirm({
      title: t('closeTitle', { name: exception.name }),
      content: t('closeText'),
      okText: t('close'),
      okButtonProps: { danger: true },
      onOk: () => close.mutateAsync(exception).catch(() => undefined),
    });
  const columns: Column<Exception>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      order: 'name',
      render: (exception) => (
        <Flex vertical>
          <strong>{exception.name}</strong>
          <span className="muted">{exception.description}</span>
        </Flex>
      ),
    },
    {
      key: 'end',
      title: t('end'),
      render: (exception) => (
        <>
          <span className="muted">{t(`way.${exception.direction}`)} </span>
          <code className="mono">{exception.cidr || exception.peer}</code>
        </>
      ),
    },
    { key: 'ports', title: t('ports'), render: ports },
    { key: 'state', title: t('state'), render: (exception) => <ExceptionState exception={exception} /> },
    { key: 'by', title: t('by'), render: (exception) => exception.created_by.name },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (exception) =>
        mayManage ? (
          <Flex justify="flex-end">
            <Button
              size="small"
              type="text"
              aria-label={t('changeNamed', { name: exception.name })}
              onClick={() => setForm({ exception })}
            >
              {shared('edit')}
            </Button>
            <Button
              size="small"
              type="text"
              danger
              aria-label={t('closeNamed', { name: exception.name })}
              onClick={() => askToClose(exception)}
            >
              {t('close')}
            </Button>
          </Flex>
        ) : null,
    },
  ];
  const add = mayManage ? (
    <Button type="primary" onClick={() => setForm({})}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.network')}
        facts={<span>{t('intro')}</span>}
        actions={add}
        api={{ method: 'GET', path: exceptionsPath(project.id), query: view }}
      />
      <Limit />
      {mayManage && <Requests project={project.id} onAnswer={(asked) => setForm({ begun: answerTo(asked) })} />}
      <ResourceTable
        name="network-exceptions"
        label={shared('pages.network')}
        query={query}
        columns={columns}
        defaultOrder="name"
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={t('empty')} action={add}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <ExceptionForm
        open={form !== null}
        project={project.id}
        exception={form?.exception}
        begun={form?.begun}
        onClose={() => setForm(null)}
      />
    </div>
  );
}
