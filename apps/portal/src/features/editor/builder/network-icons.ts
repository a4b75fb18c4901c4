/** Networks that an `mj-social` can lead to. MJML has a colour for each. */
export const NETWORKS = ['linkedin', 'youtube', 'facebook', 'instagram', 'x', 'xing', 'web'] as const;
export type Network = (typeof NETWORKS)[number];

/** Twice the size at which it is shown, for sharp screens. */
const SIZE = 96;
const LETTERS: Partial<Record<Network, string>> = { linkedin: 'in', facebook: 'f', x: 'X', xing: 'Xi' };

/** The picture of a network in the package. */
export const iconPath = (network: Network): string => `images/network-${network}.png`;

/**
 * Uploads the icons that the package does not have. They are drawn here: an
 * e-mail must not load them from elsewhere.
 */
export async function uploadIcons(
  networks: readonly Network[],
  pictures: readonly string[],
  upload: (file: File) => Promise<string>,
): Promise<void> {
  for (const network of networks.filter((one) => !pictures.includes(iconPath(one))))
    await upload(await iconOf(network));
}

/** A white sign without a ground: the e-mail puts it on the colour of the network. */
async function iconOf(network: Network): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser cannot draw pictures.');
  pen.fillStyle = '#ffffff';
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = SIZE / 12;
  drawSign(pen, network);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser cannot write a PNG.');
  return new File([blob], `network-${network}.png`, { type: 'image/png' });
}

function drawSign(pen: CanvasRenderingContext2D, network: Network): void {
  const middle = SIZE / 2;
  const letters = LETTERS[network];
  const circle = (radius: number): void => {
    pen.beginPath();
    pen.arc(middle, middle, radius, 0, 2 * Math.PI);
    pen.stroke();
  };
  if (letters !== undefined) {
    pen.font = `bold ${SIZE * 0.62}px Arial, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(letters, middle, middle + SIZE * 0.03);
  } else if (network === 'youtube') {
    pen.beginPath();
    pen.moveTo(SIZE * 0.34, SIZE * 0.24);
    pen.lineTo(SIZE * 0.78, middle);
    pen.lineTo(SIZE * 0.34, SIZE * 0.76);
    pen.fill();
  } else if (network === 'instagram') {
    pen.strokeRect(SIZE * 0.2, SIZE * 0.2, SIZE * 0.6, SIZE * 0.6);
    circle(SIZE * 0.15);
  } else {
    circle(SIZE * 0.32);
    pen.strokeRect(middle, SIZE * 0.18, 0.1, SIZE * 0.64);
    pen.strokeRect(SIZE * 0.18, middle, SIZE * 0.64, 0.1);
  }
}
