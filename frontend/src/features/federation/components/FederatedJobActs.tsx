import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import type { SessionTenant } from '@shared/session/session';
import { useNavigate } from '@tanstack/react-router';
import { Button, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../contracts';
import {
  acceptJob,
  endJob,
  type FederatedJob,
  federatedJobsKey,
  type PartValues,
  parametersOf,
  partOf,
  proposeJob,
} from '../jobs';
import { OurPart, partToBegin, projectsFor } from './OurPart';
import { ReasonField } from './ReasonField';

const mayRun = (tenant: SessionTenant) => can(tenant, 'federated-jobs.run') && projectsFor(tenant).length > 0;

interface Proposal extends PartValues {
  name: string;
  rounds: number;
  minutes: number;
  parameters?: string;
}

/** Under a contract that stands, by whoever may give a part. */
export function ProposeJob({ contract, tenant }: { contract: Contract; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const needed = [{ required: true, message: t('needs') }];
  if (contract.phase !== 'agreed' || !mayRun(tenant)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('proposeJob')}</Button>
      <FormModal<Proposal, FederatedJob>
        open={open}
        title={t('proposeJob')}
        submit={t('proposeJob')}
        width={720}
        initial={{ ...partToBegin(tenant), rounds: contract.terms.rounds, minutes: 15 }}
        act={({ name, rounds, minutes, parameters, ...part }) =>
          proposeJob(tenant.id, {
            ...partOf(part),
            contract_id: contract.id,
            name,
            rounds,
            parameters: parametersOf(parameters ?? ''),
            patience_seconds: minutes * 60,
          })
        }
        done={t('jobProposed')}
        changes={[federatedJobsKey(tenant.id)]}
        onClose={() => setOpen(false)}
        onDone={({ id }) =>
          void navigate({ to: '/t/$tenant/parties/jobs/$federated', params: { tenant: tenant.slug, federated: id } })
        }
      >
        <p className="muted">{t('proposeJobText')}</p>
        <Form.Item name="name" label={t('name')} extra={t('jobNameHelp')} rules={needed}>
          <Input maxLength={63} autoComplete="off" autoFocus />
        </Form.Item>
        <Flex gap={16} wrap>
          <Form.Item name="rounds" label={t('rounds')} rules={needed}>
            <InputNumber min={1} max={contract.terms.rounds} precision={0} />
          </Form.Item>
          <Form.Item name="minutes" label={t('patience')} extra={t('patienceHelp')} rules={needed}>
            <InputNumber min={1} max={1440} precision={0} suffix="min" />
          </Form.Item>
        </Flex>
        <Form.Item name="parameters" label={t('parameters')} extra={t('parametersHelp')}>
          <Input.TextArea rows={2} className="mono" spellCheck={false} placeholder="learning_rate = 0.5" />
        </Form.Item>
        <OurPart tenant={tenant} />
      </FormModal>
    </>
  );
}

/** What can be done to one, by whoever reads it. */
export function FederatedJobActs({ job, tenant }: { job: FederatedJob; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const [open, setOpen] = useState<'accept' | 'refuse' | 'stop' | null>(null);
  const offered = {
    accept: job.acts.includes('accept') && mayRun(tenant),
    refuse: job.acts.includes('refuse') && can(tenant, 'federated-jobs.stop'),
    stop: job.acts.includes('stop') && can(tenant, 'federated-jobs.stop'),
  };
  const called = {
    accept: t('acceptJob'),
    refuse: t('refuse'),
    stop: t(job.phase === 'proposed' ? 'withdraw' : 'stopBoth'),
  };
  const dialog = (name: keyof typeof called) => ({
    open: open === name,
    title: called[name],
    submit: called[name],
    done: t('done'),
    changes: [federatedJobsKey(tenant.id)],
    onClose: () => setOpen(null),
  });
  return (
    <>
      {(['stop', 'refuse', 'accept'] as const)
        .filter((name) => offered[name])
        .map((name) => (
          <Button
            key={name}
            danger={name === 'stop'}
            type={name === 'accept' ? 'primary' : 'default'}
            onClick={() => setOpen(name)}
          >
            {called[name]}
          </Button>
        ))}
      <FormModal<PartValues, FederatedJob>
        {...dialog('accept')}
        width={720}
        initial={partToBegin(tenant)}
        act={(part) => acceptJob(job, partOf(part))}
      >
        <p className="muted">{t('acceptJobText')}</p>
        <OurPart tenant={tenant} />
      </FormModal>
      {(['refuse', 'stop'] as const).map((name) => (
        <FormModal<{ reason: string }, FederatedJob>
          key={name}
          {...dialog(name)}
          danger
          initial={{}}
          act={({ reason }) => endJob(job, name, reason)}
        >
          <p>{t(name === 'stop' ? 'stopBothText' : 'refuseJobText')}</p>
          <ReasonField />
        </FormModal>
      ))}
    </>
  );
}
