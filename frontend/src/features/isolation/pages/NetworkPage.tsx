import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ProjectList } from '@shared/components/ProjectList';
import type { Column } from '@shared/components/ResourceTable';
import { useHeld, useProject } from '@shared/session/place';
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
  const { project } = useProject();
  const { modal } = App.useApp();
  const ports = usePorts();
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
    <ProjectList
      name="network-exceptions"
      kind="network-exception"
      path={exceptionsPath}
      query={exceptionsQuery}
      title={shared('pages.network')}
      intro={t('intro')}
      columns={columns}
      add={add}
      empty={[t('empty'), t('emptyText')]}
      above={
        <>
          <Limit />
          {mayManage && <Requests project={project.id} onAnswer={(asked) => setForm({ begun: answerTo(asked) })} />}
        </>
      }
    >
      <ExceptionForm
        open={form !== null}
        project={project.id}
        exception={form?.exception}
        begun={form?.begun}
        onClose={() => setForm(null)}
      />
    </ProjectList>
  );
}
