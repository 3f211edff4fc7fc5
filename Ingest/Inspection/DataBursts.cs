using System.Buffers.Binary;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Finds data that travels as samples (SMPTE ST 337), such as Dolby E: heard, it is noise at full scale. Every burst begins with two sync words, one
/// after the other in the order of samples: in one channel, or in both of a pair.
/// </summary>
/// <param name="channels">Of the samples that are added.</param>
internal sealed class DataBursts(int channels)
{
    // Two words of 16 bits are found by chance every few hours of noise.
    private const int Enough = 2;

    // Words of 16, 20 and 24 bits (ST 337, table 6), at the upper end of samples of 32.
    private static readonly (uint First, uint Second)[] Sync = [(0xF8720000, 0x4E1F0000), (0x6F872000, 0x54E1F000), (0x96F87200, 0xA54E1F00)];

    private readonly uint[] _last = new uint[channels];
    private readonly int[] _bursts = new int[channels];

    /// <summary>Channels that carry data.</summary>
    public IEnumerable<int> Channels => Enumerable.Range(0, channels).Where(channel => _bursts[channel] >= Enough);

    /// <param name="samples">Whole samples of all channels, 32 bits each, little endian.</param>
    public void Add(ReadOnlySpan<byte> samples)
    {
        for (; samples.Length >= channels * sizeof(uint); samples = samples[(channels * sizeof(uint))..])
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var sample = At(samples, channel);
                foreach (var (first, second) in Sync)
                {
                    if (sample == second && _last[channel] == first) _bursts[channel]++;
                    if (sample != first || channel + 1 == channels || At(samples, channel + 1) != second) continue;
                    _bursts[channel]++;
                    _bursts[channel + 1]++;
                }

                _last[channel] = sample;
            }
        }
    }

    private static uint At(ReadOnlySpan<byte> samples, int channel) => BinaryPrimitives.ReadUInt32LittleEndian(samples[(channel * sizeof(uint))..]);
}
