import { UploadOutlined } from '@ant-design/icons';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ProgressBar } from '@shared/components/ProgressBar';
import { formatBytes } from '@shared/lib/units';
import { useProject } from '@shared/session/place';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { SpecForm } from '../model/form';
import { useBound, useSpec } from './context';
import { SuggestField, TextField } from './fields';
import { type Offers, offersKey } from './offers';
import { type Upload, uploadCode } from './upload';

type Kind = 'none' | 'git' | 'archive';

/** Where the code of a job comes from: nowhere else than image and machine, git, or an archive that was uploaded. */
export function SourceFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value, set } = useSpec();
  const { source } = value as SpecForm;
  const { error } = useBound(['source']);
  const [opened, setOpened] = useState<Kind | null>(null);
  const written: Kind = source?.git ? 'git' : source?.archive ? 'archive' : 'none';
  const kind = written === 'none' ? (opened ?? 'none') : written;
  const choose = (next: Kind) => {
    setOpened(next);
    set(['source'], next === 'git' ? { git: { url: '' } } : undefined);
  };
  const git = ['source', 'git'];
  return (
    <fieldset className={styles.section}>
      <legend>{t('source.title')}</legend>
      <div>
        <Segmented<Kind>
          aria-label={t('source.title')}
          value={kind}
          options={(['none', 'git', 'archive'] as const).map((one) => ({
            value: one,
            label: t(`source.kinds.${one}`),
          }))}
          onChange={choose}
        />
        <p className="muted">{t(`source.help.${kind}`)}</p>
        {kind === 'git' && (
          <div className={styles.grid}>
            <TextField
              path={[...git, 'url']}
              label={t('source.url')}
              placeholder="https://example.org/team/trainer.git"
              required
              wide
              mono
            />
            <TextField
              path={[...git, 'ref']}
              label={t('source.ref')}
              help={t('source.refHelp')}
              placeholder="HEAD"
              mono
            />
            <TextField path={[...git, 'path']} label={t('source.path')} help={t('source.pathHelp')} mono />
            <SuggestField
              path={[...git, 'secret']}
              label={t('source.secret')}
              help={t('source.secretHelp')}
              options={offers.secrets.filter((secret) => secret.kind !== 'opaque')}
            />
            <TextField path={[...git, 'commit']} label={t('source.commit')} help={t('source.commitHelp')} mono />
          </div>
        )}
        {kind === 'archive' && <ArchiveField offers={offers} />}
        {error && (
          <p role="alert" style={{ color: 'var(--hanse-bad)' }}>
            {error}
          </p>
        )}
      </div>
    </fieldset>
  );
}

function ArchiveField({ offers }: { offers: Offers }) {
  const { t, i18n } = useTranslation('jobs');
  const cache = useQueryClient();
  const { project } = useProject();
  const { id, value, set, error } = useBound<string>(['source', 'archive']);
  const { set: put } = useSpec();
  const chooser = useRef<HTMLInputElement>(null);
  const running = useRef<Upload | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setShare(0);
    running.current = uploadCode(project.id, file, setShare);
    try {
      const code = await running.current.done;
      await cache.invalidateQueries({ queryKey: offersKey(`/projects/${project.id}/code/`) });
      put(['source'], { archive: code.id });
    } catch (failure) {
      if (!(failure instanceof DOMException)) setProblem(failure);
    } finally {
      setShare(null);
    }
  };
  return (
    <Flex vertical gap={8}>
      <Form.Item label={t('source.archive')} htmlFor={id} validateStatus={error ? 'error' : ''} help={error}>
        <Select
          id={id}
          value={value ?? null}
          placeholder={t('source.archiveHint')}
          notFoundContent={t('source.noArchive')}
          options={offers.archives.map(({ value: archive, name, size_bytes, sha256 }) => ({
            value: archive,
            label: `${name} · ${formatBytes(size_bytes, i18n.language)} · ${sha256.slice(0, 12)}`,
          }))}
          onChange={(next: string | null) => set(next ?? undefined)}
        />
      </Form.Item>
      <Flex gap={8} align="center">
        <Button icon={<UploadOutlined />} loading={share !== null} onClick={() => chooser.current?.click()}>
          {t('source.upload')}
        </Button>
        {share !== null && (
          <>
            <ProgressBar share={share} label={t('source.uploading')} width={240} />
            <Button type="text" onClick={() => running.current?.cancel()}>
              {t('source.stopUpload')}
            </Button>
          </>
        )}
        <input
          ref={chooser}
          type="file"
          style={{ display: 'none' }}
          accept=".zip,.tgz,.gz,application/zip,application/gzip"
          aria-label={t('source.upload')}
          onChange={(event) => {
            void upload(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </Flex>
      {problem ? <ErrorPanel error={problem} /> : null}
    </Flex>
  );
}
