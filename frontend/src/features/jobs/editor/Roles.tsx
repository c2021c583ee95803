import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { Path } from '../model/document';
import type { RoleForm, SpecForm } from '../model/form';
import { useBound, useSpec } from './context';
import { Devices } from './Devices';
import { CommandField, NumberField, PairsField, QuantityField, SwitchField, TextField } from './fields';
import type { Offers } from './offers';
import { SecretFields } from './SecretFields';

/** Who takes part: each role with its replicas, their needs and what they run. */
export function Roles({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value, set } = useSpec();
  const roles = (value as SpecForm).roles ?? [];
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
