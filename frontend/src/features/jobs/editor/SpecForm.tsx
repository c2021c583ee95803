import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Segmented, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { Path } from '../model/document';
import { CLEANS, DEVICE_KINDS, type DeviceForm, RESTARTS, type RoleForm, type SpecForm as Shown } from '../model/form';
import { FRAMEWORKS, OPERATED } from '../model/frameworks';
import { useBound, useSpec } from './context';
import { ExitCodes } from './ExitCodes';
import { FaultRules } from './FaultRules';
import {
  ChoiceField,
  CommandField,
  NumberField,
  PairsField,
  QuantityField,
  SuggestField,
  SwitchField,
  TextField,
} from './fields';
import type { Offers } from './offers';
import { SecretFields } from './SecretFields';
import { SourceFields } from './SourceFields';

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

function Roles({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value, set } = useSpec();
  const roles = (value as Shown).roles ?? [];
  const { error } = useBound(['roles']);
  const add = () => {
    const names = new Set(roles.map((role) => role.name));
    let name = 'worker';
    for (let number = 2; names.has(name); number += 1) name = `worker-${number}`;
    set(['roles'], [...roles, { name, replicas: 1, cpu_millicores: 1000, memory_bytes: '1Gi' }]);
  };
  return (
    <fieldset className={styles.section}>
      <legend>{t('form.roles')}</legend>
      <div>
        {error && (
          <p role="alert" style={{ color: 'var(--hanse-bad)' }}>
            {error}
          </p>
        )}
        {roles.map((role, index) => (
          <Role
            // biome-ignore lint/suspicious/noArrayIndexKey: a role is its place in the specification
            key={index}
            role={role}
            path={['roles', index]}
            offers={offers}
            {...(roles.length > 1 ? { onRemove: () => set(['roles', index], undefined) } : {})}
          />
        ))}
        <Button type="dashed" icon={<PlusOutlined />} onClick={add}>
          {t('form.addRole')}
        </Button>
      </div>
    </fieldset>
  );
}

interface RoleProps {
  role: RoleForm;
  path: Path;
  offers: Offers;
  onRemove?: () => void;
}

function Role({ role, path, offers, onRemove }: RoleProps) {
  const { t } = useTranslation('jobs');
  const name = role.name ?? 'worker';
  return (
    <section className={styles.role} aria-label={t('form.roleNamed', { name })}>
      <Space style={{ width: '100%', justifyContent: 'space-between' }}>
        <h3 className={styles.heading}>{t('form.roleNamed', { name })}</h3>
        {onRemove && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            onClick={onRemove}
            aria-label={t('form.removeRole', { name })}
          />
        )}
      </Space>
      <WholeRoleError path={path} />
      <div className={styles.grid}>
        <TextField path={[...path, 'name']} label={t('form.roleName')} placeholder="worker" />
        <NumberField path={[...path, 'replicas']} label={t('columns.replicas')} min={1} max={10_000} placeholder="1" />
        <NumberField
          path={[...path, 'min_replicas']}
          label={t('form.least')}
          help={t('form.leastHelp')}
          min={1}
          {...(role.replicas ? { max: role.replicas } : {})}
        />
        <NumberField
          path={[...path, 'cpu_millicores']}
          label={t('form.cpu')}
          help={t('form.each')}
          scale={1000}
          step={0.5}
          min={0.01}
          unit={t('form.cores')}
          placeholder="1"
        />
        <QuantityField
          path={[...path, 'memory_bytes']}
          label={t('form.memory')}
          help={t('form.each')}
          placeholder="1Gi"
        />
        <SwitchField path={[...path, 'serves']} standard={false} label={t('form.serves')} help={t('form.servesHelp')} />
        <TextField path={[...path, 'image']} label={t('form.image')} help={t('form.imageHelp')} wide mono />
        <CommandField path={[...path, 'command']} label={t('form.command')} help={t('form.commandHelp')} wide />
      </div>
      <Devices path={[...path, 'devices']} devices={role.devices ?? []} offers={offers} />
      <PairsField
        path={[...path, 'env']}
        label={t('form.env')}
        help={t('form.envHelp')}
        nameHint="NAME"
        addLabel={t('form.addEnv')}
      />
      <SecretFields path={[...path, 'env_from']} part="env" offers={offers} />
      <SecretFields path={[...path, 'secret_files']} part="files" offers={offers} />
    </section>
  );
}

/** What is wrong with a role as a whole, such as neither an image nor a command. */
function WholeRoleError({ path }: { path: Path }) {
  const { error } = useBound(path);
  return error ? (
    <p role="alert" style={{ color: 'var(--hanse-bad)' }}>
      {error}
    </p>
  ) : null;
}

interface DevicesProps {
  path: Path;
  devices: readonly DeviceForm[];
  offers: Offers;
}

function Devices({ path, devices, offers }: DevicesProps) {
  const { t } = useTranslation('jobs');
  const { set } = useSpec();
  const { error } = useBound(path);
  const put = (next: DeviceForm[]) => set(path, next.length > 0 ? next : undefined);
  return (
    <div style={{ marginBottom: 16 }}>
      {devices.map((device, index) => (
        <DeviceRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a need is its place in the list
          key={index}
          path={[...path, index]}
          device={device}
          offers={offers}
          onRemove={() => put(devices.filter((_, place) => place !== index))}
        />
      ))}
      {error && <p style={{ color: 'var(--hanse-bad)' }}>{error}</p>}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() =>
          put([
            ...devices,
            offers.flavors[0] ? { flavor: offers.flavors[0].value, count: 1 } : { kind: 'gpu', count: 1 },
          ])
        }
      >
        {t('form.addDevice')}
      </Button>
    </div>
  );
}

function DeviceRow({
  path,
  device,
  offers,
  onRemove,
}: {
  path: Path;
  device: DeviceForm;
  offers: Offers;
  onRemove: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { set } = useSpec();
  const { error } = useBound(path);
  const byNeed = typeof device.kind === 'string';
  return (
    <div className={styles.role}>
      <Space style={{ width: '100%', justifyContent: 'space-between', marginBottom: 8 }}>
        <Segmented
          aria-label={t('form.deviceBy')}
          value={byNeed ? 'need' : 'flavor'}
          options={[
            { value: 'flavor', label: t('form.byFlavor') },
            { value: 'need', label: t('form.byNeed') },
          ]}
          onChange={(chosen) =>
            set(
              path,
              chosen === 'need'
                ? { kind: 'gpu', count: device.count ?? 1 }
                : { flavor: offers.flavors[0]?.value ?? '', count: device.count ?? 1 },
            )
          }
        />
        <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t('form.removeDevice')} />
      </Space>
      <div className={styles.grid}>
        {byNeed ? (
          <>
            <ChoiceField
              path={[...path, 'kind']}
              label={t('form.kind')}
              options={DEVICE_KINDS.map((one) => ({ value: one, label: one.toUpperCase() }))}
            />
            <QuantityField
              path={[...path, 'unit_memory_bytes']}
              label={t('form.unitMemory')}
              help={t('form.unitMemoryHelp')}
              placeholder="32Gi"
            />
          </>
        ) : (
          <SuggestField
            path={[...path, 'flavor']}
            label={t('form.flavor')}
            help={t('form.flavorHelp')}
            options={offers.flavors}
          />
        )}
        <NumberField
          path={[...path, 'count']}
          label={t('form.count')}
          help={t('form.each')}
          min={1}
          max={1024}
          placeholder="1"
        />
      </div>
      {error && <p style={{ color: 'var(--hanse-bad)' }}>{error}</p>}
    </div>
  );
}
