using System.Buffers;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Goes through a query word by word and counts what each row has of it. Everything counted is whole, so that no order of adding matters.</summary>
internal sealed class Matcher : IDisposable
{
    // Shorter words are near everything.
    private const int ShortestForgiven = 3;
    private const int ShortestForgivenTwice = 8;
    private const int ShortestBeginningForgiven = 4;
    private const int ShortestJoined = 5;
    private const int MostNear = 64;

    private readonly SearchState _state;
    private readonly IReadOnlyList<Word> _words;
    private readonly byte[] _best;
    private readonly byte[] _matched;
    private readonly ushort[] _points;

    private Matcher(SearchState state, IReadOnlyList<Word> words)
    {
        (_state, _words) = (state, words);
        (_best, _matched, _points) = (ArrayPool<byte>.Shared.Rent(Rows), ArrayPool<byte>.Shared.Rent(Rows), ArrayPool<ushort>.Shared.Rent(Rows));
        _matched.AsSpan(0, Rows).Clear();
        _points.AsSpan(0, Rows).Clear();
    }

    private int Rows => _state.Snapshot.Rows;

    /// <summary>To be disposed of.</summary>
    public static Matcher Run(SearchState state, SearchQuery query, bool isOfPeople = false)
    {
        var matcher = new Matcher(state, query.Words);
        for (var i = 0; i < query.Words.Count; i++) matcher.Take(i, isOfPeople);
        return matcher;
    }

    /// <summary>Rows of a set that have so many words of the query.</summary>
    public ulong[] With(int words, ulong[] among)
    {
        var found = new ulong[among.Length];
        if (words == 0) return found;
        for (var row = 0; row < Rows; row++)
            if (_matched[row] >= words) found[row >> 6] |= 1UL << (row & 63);
        for (var i = 0; i < found.Length; i++) found[i] &= among[i];
        return found;
    }

    public int PointsOf(int row) =>
        _points[row] + _state.PopularityOf(row) + (NameLengths.Beyond(_state.LengthsOf(row), _words.Count) is { } beyond ? Worth.WholeName >> beyond : 0);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_best);
        ArrayPool<byte>.Shared.Return(_matched);
        ArrayPool<ushort>.Shared.Return(_points);
    }

    private void Take(int at, bool isOfPeople)
    {
        _best.AsSpan(0, Rows).Clear();
        var (word, isLast) = (_words[at], at == _words.Count - 1);
        if (!isOfPeople) TakeTitle(word, at, isLast);
        Raise(Fields.Person, word.Text, Worth.Person);
        if (isLast && !word.IsGram) RaiseBeginning(Fields.Person, word.Text, Worth.PersonBeginning);
        TakeNear(word, isLast, isOfPeople);
        for (var row = 0; row < Rows; row++)
        {
            if (_best[row] == 0) continue;
            _matched[row]++;
            _points[row] += _best[row];
        }
    }

    private void TakeTitle(Word word, int at, bool isLast)
    {
        Raise(Fields.Name, word.Text, Worth.Name);
        Raise(Fields.About, word.Text, Worth.About);
        Raise(Fields.Said, word.Text, Worth.Said);
        if (at == 0) Raise(Fields.First, word.Text, Worth.First);
        if (word.IsGram) return;
        TakeJoined(word.Text, isLast);
        if (at > 0 && !_words[at - 1].IsGram) TakePair(_words[at - 1], word, isLast);
        if (!isLast && !_words[at + 1].IsGram) TakePair(word, _words[at + 1], at + 2 == _words.Count);
        if (!isLast) return;
        RaiseBeginning(Fields.Name, word.Text, Worth.NameBeginning);
        if (at == 0) RaiseBeginning(Fields.First, word.Text, Worth.FirstBeginning);
        if (word.Text.Length >= Fields.LongestStart) _state.Terms.VisitBeginning(Fields.About, word.Text, row => Raise(row, Worth.AboutBeginning));
    }

    // "spiderman" for a name of two words.
    private void TakeJoined(string word, bool isLast)
    {
        if (word.Length < ShortestJoined) return;
        Raise(Fields.Joined, word, Worth.Joined);
        if (isLast) _state.Terms.VisitBeginning(Fields.Joined, word, row => Raise(row, Worth.JoinedBeginning));
    }

    // "spider man" for a name of one; and two words that stand side by side in the name, too.
    private void TakePair(Word one, Word next, bool isLast)
    {
        var pair = TitleTerms.Join(one.Text, next.Text);
        Raise(Fields.Joined, pair, Worth.Joined);
        Raise(Fields.Name, pair, Worth.Name);
        if (isLast && pair.Length >= ShortestJoined) RaiseBeginning(Fields.Name, pair, Worth.NameBeginning);
    }

    private void TakeNear(Word word, bool isLast, bool isOfPeople)
    {
        if (word.IsGram || word.Text.Length < ShortestForgiven || word.Text.All(char.IsAsciiDigit)) return;
        var isBeginning = isLast && word.Text.Length >= ShortestBeginningForgiven;
        var near = _state.Words.Near(word.Text, 1, isBeginning, MostNear);
        if (word.Text.Length >= ShortestForgivenTwice && near is not [{ IsWhole: true }, ..]) near = _state.Words.Near(word.Text, 2, isBeginning, MostNear);
        foreach (var other in near)
        {
            if (!isOfPeople) Raise(Fields.Name, other.Text, Worth.NearName(other.Edits, other.IsWhole));
            Raise(Fields.Person, other.Text, Worth.NearPerson(other.Edits, other.IsWhole));
        }
    }

    private void RaiseBeginning(string field, string beginning, byte points)
    {
        if (beginning.Length <= Fields.LongestStart) Raise(Fields.StartOf(field), beginning, points);
        else _state.Terms.VisitBeginning(field, beginning, row => Raise(row, points));
    }

    private void Raise(string field, string term, byte points) => _state.Terms.Visit(field, term, row => { Raise(row, points); return true; });

    private void Raise(int row, byte points)
    {
        if (_best[row] < points) _best[row] = points;
    }
}
