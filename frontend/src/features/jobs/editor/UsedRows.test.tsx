import { speak } from '@app/i18n/i18n';
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { inFormWords } from '../formWords';
import type { Path } from '../model/document';
import { type SpecForm, shownIn } from '../model/form';
import { BucketFields } from './BucketFields';
import { SpecContext } from './context';
import { DatasetFields } from './DatasetFields';
import type { Offers } from './offers';
import { VolumeFields } from './VolumeFields';

const offers = {
  buckets: [{ value: 'images', label: 'images' }],
  datasets: [],
  volumes: [{ value: 'scratch', label: 'scratch (harbour)' }],
} as unknown as Offers;

let kept: SpecForm = {};

/** A specification of which only what it uses of the project changes. */
function Editor() {
  const [used, setUsed] = useState<Record<string, unknown>>({});
  const value = shownIn(used);
  kept = value;
  const set = ([of = '']: Path, next: unknown) => setUsed({ ...used, [of]: next });
  return (
    <SpecContext value={{ value, set, errors: new Map(), strict: false }}>
      <BucketFields offers={offers} />
      <DatasetFields offers={offers} />
      <VolumeFields offers={offers} />
    </SpecContext>
  );
}

const add = async (what: string) => fireEvent.click(await screen.findByText(`Add a ${what}`));
const write = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeAll(async () => {
  await speak('en');
  await inFormWords(Promise.resolve());
});

describe('What replicas use of the project', () => {
  it('is written as the specification has it', async () => {
    await renderPage(<Editor />);

    await add('bucket');
    write('Folder, row 1', 'train/');
    await add('dataset');
    write('Dataset, row 1', 'digits');
    write('Version, row 1', '3');
    await add('volume');
    write('Mounted at, row 1', '/data');

    expect(kept).toEqual({
      buckets: [{ name: 'images', prefix: 'train/' }],
      datasets: [{ name: 'digits', version: 3 }],
      volumes: [{ name: 'scratch', path: '/data' }],
    });
  });

  it('says nothing of a place that was emptied again, but keeps the row of a name that is being written', async () => {
    await renderPage(<Editor />);

    await add('volume');
    write('Mounted at, row 1', '/data');
    write('Mounted at, row 1', '');
    write('Volume, row 1', '');
    expect(kept.volumes).toEqual([{ name: '' }]);

    fireEvent.click(screen.getByLabelText('Remove row 1'));
    expect(kept.volumes).toBeUndefined();
  });
});
