const boxes = 16;

/**
 * Watches a video element. What a content decryption module has decrypted cannot be read back (`isOpaque`): of that, frames are counted.
 * Of all else every frame that is shown is read back and its number, which the master carries as a row of black and white
 * boxes along the bottom (the leftmost is the highest bit), is compared with the frame's own timestamp.
 */
export function probe(video, framesPerSecond, isOpaque) {
  const canvas = new OffscreenCanvas(boxes * 8, 90);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const found = { framesRead: 0, wrongFrames: [], stalls: [], gaps: [], waits: 0, sizes: [] };
  let isMeantToPlay = false;

  /** The number in the picture and the timestamp of the very same frame: a canvas copy alone could be one frame later. */
  function read() {
    if (isOpaque) return { number: -1, at: video.currentTime };
    const frame = new VideoFrame(video);
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    const at = frame.timestamp / 1e6;
    frame.close();
    const row = context.getImageData(0, canvas.height - 4, canvas.width, 1).data;
    let number = 0;
    for (let box = 0; box < boxes; box++) number = number * 2 + (row[(box * 8 + 4) * 4 + 1] > 128 ? 1 : 0);
    return { number, at };
  }

  function check() {
    const { number, at } = read();
    found.framesRead++;
    const expected = Math.round(at * framesPerSecond);
    if (number !== expected && found.wrongFrames.length < 20) found.wrongFrames.push({ at, number, expected });
    const size = `${video.videoWidth}x${video.videoHeight}`;
    if (found.sizes.at(-1) !== size) found.sizes.push(size);
    video.requestVideoFrameCallback(check);
  }
  if (!isOpaque) video.requestVideoFrameCallback(check);

  video.addEventListener('waiting', () => { if (isMeantToPlay && !video.seeking) found.waits++; });

  let last = video.currentTime;
  let still = 0;
  const watch = setInterval(() => {
    const { buffered, currentTime } = video;
    for (let i = 1; i < buffered.length; i++) {
      const gap = { from: buffered.end(i - 1), to: buffered.start(i) };
      // Wider holes are what seeking leaves; narrow ones are segments that do not meet.
      if (gap.to - gap.from < 0.5 && !found.gaps.some(known => Math.abs(known.from - gap.from) < 0.01)) found.gaps.push(gap);
    }
    still = isMeantToPlay && !video.paused && !video.seeking && !video.ended && currentTime === last ? still + 1 : 0;
    last = currentTime;
    if (still === 10) found.stalls.push({ at: currentTime, ahead: ahead(video) });
  }, 100);

  return {
    found,
    read,
    expectPlaying: value => { isMeantToPlay = value; },
    stop: () => {
      clearInterval(watch);
      if (isOpaque) found.framesRead = video.getVideoPlaybackQuality().totalVideoFrames;
    },
  };
}

export function ahead({ buffered, currentTime }) {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) > currentTime) return buffered.end(i) - currentTime;
  }
  return 0;
}
