/** Words that only the page of one job needs, loaded with it. */
export const jobPage = {
  start: {
    title: 'Until it ran',
    queue: 'queue',
    make: 'making pods',
    node: 'node',
    image: 'image and container',
    process: 'start',
    last: 'Of {{replica}}, which ran last.',
    slow: {
      queue: 'Most of it was waiting for quota: ask for more, or for a higher priority.',
      make: 'Most of it was until the pods were made: the operator of the cluster, or the cluster itself, was slow.',
      node: 'Most of it was waiting for a node: what it asks for was not free in one piece.',
      image:
        'Most of it was the image: have it pulled to the nodes beforehand (Pull image of a template), or make it smaller.',
    },
  },
};
