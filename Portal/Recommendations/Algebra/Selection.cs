using System.Runtime.Intrinsics;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>The greatest of many without sorting all.</summary>
internal static class Selection
{
    // Keys that wait before the least are dropped.
    private const int LeastRoom = 1024;

    /// <summary>The <paramref name="rank"/>-th greatest value, 0 for the greatest. Leaves <paramref name="values"/> in another order.</summary>
    public static float Greatest(Span<float> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = Middle(values[low], values[(low + high) / 2], values[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] > pivot) left++;
                while (values[right] < pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (rank <= right) high = right;
            else if (rank >= left) low = left;
            else return values[rank];
        }

        return values[rank];
    }

    /// <summary>Indexes of the greatest scores, the greatest first; of equals the lower index. Those of -∞ are left out. Reads each score once.</summary>
    public static int[] Top(ReadOnlySpan<float> scores, int most)
    {
        if (most <= 0) return [];
        most = Math.Min(most, scores.Length);
        var (keys, count, threshold) = (new ulong[Math.Min(scores.Length, Math.Max(4 * most, LeastRoom))], 0, float.NegativeInfinity);
        for (var first = 0; first < scores.Length; first += Vector256<float>.Count)
        {
            var end = Math.Min(scores.Length, first + Vector256<float>.Count);
            if (end - first == Vector256<float>.Count && !Vector256.GreaterThanAny(Vector256.LoadUnsafe(in scores[first]), Vector256.Create(threshold))) continue;
            for (var at = first; at < end; at++)
            {
                if (!(scores[at] > threshold)) continue;
                keys[count++] = KeyOf(scores[at], at);
                if (count < keys.Length || keys.Length == scores.Length) continue;
                Array.Sort(keys);
                (count, threshold) = (most, scores[(int)(uint)keys[most - 1]]);
            }
        }

        Array.Sort(keys, 0, count);
        return Array.ConvertAll(keys[..Math.Min(most, count)], key => (int)(uint)key);
    }

    // Goes up where the score goes down, and then with the index. Of +0 and -0 neither is greater.
    private static ulong KeyOf(float score, int at)
    {
        var bits = BitConverter.SingleToInt32Bits(score + 0f);
        return ((ulong)(uint)(bits < 0 ? bits : ~(bits ^ int.MinValue)) << 32) | (uint)at;
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
