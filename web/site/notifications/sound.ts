let context: AudioContext | undefined;

/** A short soft tone, made here so that nothing has to be loaded. Browsers keep silent until the user has done something. */
export function playTone(): void {
  try {
    context ??= new AudioContext();
    const now = context.currentTime;
    for (const [frequency, from] of [
      [660, 0],
      [880, 0.09],
    ] as const) {
      const tone = new OscillatorNode(context, { frequency, type: "sine" });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.setValueAtTime(0, now + from);
      loudness.gain.linearRampToValueAtTime(0.12, now + from + 0.01);
      loudness.gain.exponentialRampToValueAtTime(0.001, now + from + 0.25);
      tone.connect(loudness).connect(context.destination);
      tone.start(now + from);
      tone.stop(now + from + 0.3);
    }
  } catch {
    // Without sound hardware there is no sound.
  }
}
