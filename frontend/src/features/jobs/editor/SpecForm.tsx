import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import { CLEANS, RESTARTS, type SpecForm as Shown } from '../model/form';
import { FRAMEWORKS, OPERATED } from '../model/frameworks';
import { BucketFields } from './BucketFields';
import { useBound, useSpec } from './context';
import { DatasetFields } from './DatasetFields';
import { ExitCodes } from './ExitCodes';
import { FaultRules } from './FaultRules';
import { ChoiceField, NumberField, PairsField, SwitchField, TextField } from './fields';
import type { Offers } from './offers';
import { Roles } from './Roles';
import { SourceFields } from './SourceFields';
import { VolumeFields } from './VolumeFields';

const DAY = 86_400;

/** The whole specification as a form. Sections come in the order in which a person decides. */
export function SpecForm({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value } = useSpec();
  const spec = value as Shown;
  const operated = OPERATED[spec.framework ?? 'custom'] ?? [];
  const policy = spec.fault_policy?.restart ?? 'never';
  const triesAgain = policy !== 'never' || (spec.fault_policy?.rules ?? []).some((rule) => rule.action === 'restart');
  return (
    <Form layout="vertical" component="div" className={styles.form ?? ''}>
      <fieldset className={styles.section}>
        <legend>{t('form.basics')}</legend>
        <div className={styles.grid}>
          <TextField path={['name']} label={t('form.name')} help={t('form.nameHelp')} required />
          <ChoiceField
            path={['framework']}
            label={t('framework')}
            help={t(`frameworkHelp.${spec.framework ?? 'custom'}`)}
            placeholder={t('frameworks.custom')}
            options={FRAMEWORKS.map((one) => ({ value: one, label: t(`frameworks.${one}`) }))}
          />
          <TextField path={['description']} label={t('form.description')} rows={2} wide />
        </div>
      </fieldset>
      <SourceFields offers={offers} />
      <DatasetFields offers={offers} />
      <VolumeFields offers={offers} />
      <BucketFields offers={offers} />
      <Roles offers={offers} />
      <fieldset className={styles.section}>
        <legend>{t('form.placing')}</legend>
        <div className={styles.grid}>
          <ChoiceField
            path={['priority']}
            label={t('priority')}
            help={t('form.priorityHelp')}
            placeholder={t('priorities.low')}
            options={offers.priorities}
          />
          <ChoiceField
            path={['cluster']}
            label={t('columns.cluster')}
            help={t('form.clusterHelp')}
            placeholder={t('form.anyCluster')}
            options={[{ value: 'any', label: t('form.anyCluster') }, ...offers.clusters]}
          />
          {(operated.length > 0 || spec.kind) && (
            <ChoiceField
              path={['kind']}
              label={t('form.operated')}
              help={t('form.operatedHelp')}
              placeholder={t('form.operatedPods')}
              options={[
                { value: 'pods', label: t('form.operatedPods') },
                ...operated.map((one) => ({ value: one, label: one })),
              ]}
            />
          )}
          <SwitchField path={['gang']} standard label={t('form.gang')} help={t('form.gangHelp')} />
          {(spec.roles ?? []).some((role) => role.min_replicas) && (
            <NumberField
              path={['resize_pause_seconds']}
              label={t('form.resizePause')}
              help={t('form.resizePauseHelp')}
              scale={60}
              unit={t('form.minutes')}
              placeholder="5"
              min={1}
            />
          )}
        </div>
      </fieldset>
      <fieldset className={styles.section}>
        <legend>{t('form.faults')}</legend>
        <div className={styles.grid}>
          <ChoiceField
            path={['fault_policy', 'restart']}
            label={t('form.restart')}
            placeholder={t('restarts_.never')}
            options={RESTARTS.map((one) => ({ value: one, label: t(`restarts_.${one}`) }))}
          />
          {policy === 'on-exit-codes' && <RestartCodes />}
          {triesAgain && (
            <NumberField
              path={['fault_policy', 'backoff_limit']}
              label={t('form.backoff')}
              help={t('form.backoffHelp')}
              placeholder="3"
              min={0}
              max={100}
            />
          )}
          <NumberField
            path={['fault_policy', 'deadline_seconds']}
            label={t('form.deadline')}
            help={t('form.deadlineHelp')}
            scale={60}
            unit={t('form.minutes')}
            min={1}
          />
          <ChoiceField
            path={['fault_policy', 'clean']}
            label={t('form.clean')}
            help={t('form.cleanHelp')}
            placeholder={t('cleans.none')}
            options={CLEANS.map((one) => ({ value: one, label: t(`cleans.${one}`) }))}
          />
          <NumberField
            path={['fault_policy', 'keep_seconds']}
            label={t('form.keep')}
            help={t('form.keepHelp')}
            scale={DAY}
            unit={t('form.days')}
            placeholder="30"
            min={1}
            max={3650}
          />
          <FaultRules />
        </div>
      </fieldset>
      <fieldset className={styles.section}>
        <legend>{t('form.labels')}</legend>
        <PairsField
          path={['labels']}
          label={t('form.labels')}
          help={t('form.labelsHelp')}
          nameHint="team"
          addLabel={t('form.addLabel')}
        />
      </fieldset>
    </Form>
  );
}

function RestartCodes() {
  const { t } = useTranslation('jobs');
  const { id, value, set, error } = useBound<number[]>(['fault_policy', 'exit_codes'], true);
  return (
    <Form.Item
      label={t('form.exitCodes')}
      htmlFor={id}
      validateStatus={error ? 'error' : ''}
      help={error ?? t('form.exitCodesHelp')}
    >
      <ExitCodes id={id} codes={value ?? []} onChange={set} />
    </Form.Item>
  );
}
