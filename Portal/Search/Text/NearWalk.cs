namespace FlickStream.Portal.Search.Text;

/// <summary>Walks sorted words as the trie that they are, a letter at a time, and leaves every branch that is too far already. Damerau's distance
/// in its restricted form: no letter is moved twice.</summary>
internal sealed class NearWalk(string[] words, int[] titles, string wanted, int edits, bool isBeginning)
{
    private const int Far = 1 << 20;

    // A row of distances for each letter of the word that is walked along, and one before them. What lies beyond the forgiven edits off the diagonal stays far.
    private readonly int[][] _rows = [.. Enumerable.Range(0, wanted.Length + edits + 2).Select(_ => Enumerable.Repeat(Far, wanted.Length + 1).ToArray())];

    public List<NearWord> Found { get; } = [];

    public void Run()
    {
        for (var i = 0; i <= wanted.Length; i++) _rows[0][i] = i;
        Walk(0, words.Length, 0, int.MaxValue);
    }

    // Words from..until share their first letters; the row of that depth tells how far these are from each beginning of the wanted word.
    private void Walk(int from, int until, int depth, int beginning)
    {
        if (from < until && words[from].Length == depth) Take(from++, _rows[depth][wanted.Length], beginning);
        var isNearAlready = isBeginning && beginning <= edits;
        if (from < until && !isNearAlready && IsSpent(depth))
        {
            WalkAlong(from, until, depth, beginning);
            return;
        }

        while (from < until)
        {
            var letter = words[from][depth];
            var end = EndOf(from, until, depth, letter);
            if (!TryStep(from, end, depth, letter, beginning) && isNearAlready)
                for (var i = from; i < end; i++) Take(i, int.MaxValue, beginning);
            from = end;
        }
    }

    // Where nothing more is forgiven only letters of the wanted word lead on: these two or three are looked up, instead of going through all that there are.
    private void WalkAlong(int from, int until, int depth, int beginning)
    {
        Span<char> tried = stackalloc char[(2 * edits) + 2];
        var (row, count) = (_rows[depth], 0);
        for (var i = Math.Max(0, depth - edits - 1); i < wanted.Length && i <= depth + edits; i++)
        {
            var isSwapped = depth > 0 && i + 1 < wanted.Length && wanted[i + 1] == words[from][depth - 1] && _rows[depth - 1][i] < edits;
            if ((row[i] > edits && !isSwapped) || tried[..count].Contains(wanted[i])) continue;
            tried[count++] = wanted[i];
            var start = StartOf(from, until, depth, wanted[i]);
            if (start < until && words[start][depth] == wanted[i]) TryStep(start, EndOf(start, until, depth, wanted[i]), depth, wanted[i], beginning);
        }
    }

    private bool TryStep(int from, int until, int depth, char letter, int beginning)
    {
        if (depth + 1 >= _rows.Length || !Fill(from, depth + 1, letter)) return false;
        Walk(from, until, depth + 1, Math.Min(beginning, EndsHere(from, depth + 1) ? _rows[depth + 1][wanted.Length] : int.MaxValue));
        return true;
    }

    private bool IsSpent(int depth) => !_rows[depth].AsSpan().ContainsAnyInRange(0, edits - 1);

    private void Take(int index, int whole, int beginning)
    {
        if (whole <= edits)
        {
            if (whole > 0) Found.Add(new(words[index], whole, IsWhole: true, titles[index]));
        }
        else if (isBeginning && beginning is > 0 && beginning <= edits) Found.Add(new(words[index], beginning, IsWhole: false, titles[index]));
    }

    // Were the last letter forgiven too, whatever goes on otherwise would be near.
    private bool EndsHere(int sample, int depth) => words[sample][depth - 1] == wanted[^1]
        || (depth > 1 && wanted.Length > 1 && words[sample][depth - 2] == wanted[^1] && words[sample][depth - 1] == wanted[^2]);

    // False where nothing behind it can be near.
    private bool Fill(int sample, int depth, char letter)
    {
        var (row, above, least) = (_rows[depth], _rows[depth - 1], int.MaxValue);
        row[0] = depth;
        for (var i = Math.Max(1, depth - edits); i <= wanted.Length && i <= depth + edits; i++)
        {
            var cost = wanted[i - 1] == letter ? 0 : 1;
            var nearest = Math.Min(Math.Min(row[i - 1], above[i]) + 1, above[i - 1] + cost);
            if (i > 1 && depth > 1 && wanted[i - 1] == words[sample][depth - 2] && wanted[i - 2] == letter) nearest = Math.Min(nearest, _rows[depth - 2][i - 2] + 1);
            row[i] = nearest;
            least = Math.Min(least, nearest);
        }

        return Math.Min(least, depth) <= edits;
    }

    private int StartOf(int from, int until, int depth, char letter)
    {
        while (from < until)
        {
            var middle = (from + until) / 2;
            if (words[middle][depth] < letter) from = middle + 1;
            else until = middle;
        }

        return from;
    }

    private int EndOf(int from, int until, int depth, char letter)
    {
        var (low, high, step) = (from, until, 1);
        for (; low + step < until; step *= 2)
        {
            if (words[low + step].Length > depth && words[low + step][depth] == letter) continue;
            high = low + step;
            break;
        }

        // Words that share their beginning are sorted by this letter.
        while (low + 1 < high)
        {
            var middle = (low + high) / 2;
            if (words[middle][depth] == letter) low = middle;
            else high = middle;
        }

        return low + 1;
    }
}
