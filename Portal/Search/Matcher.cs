using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Goes through a query word by word. For one request.</summary>
internal sealed class Matcher(SearchState state, SearchQuery query)
{
    // Shorter words are near everything.
    private const int ShortestForgiven = 3;
    private const int ShortestForgivenTwice = 8;
    private const int ShortestBeginningForgiven = 4;

    // Too many words begin with shorter ones: who types "vi" means vikings.
    private const int ShortestFirstNumeral = 3;
    private const int ShortestJoined = 5;
    private const int MostNear = 64;

    // Of the words of a query. Each that is like none is two walks through all words that there are; names of more words are found by the others.
    private const int MostForgiven = 5;

    private readonly IReadOnlyList<Word> _words = query.Words;
    private readonly IReadOnlyList<NearWord>?[] _near = new IReadOnlyList<NearWord>?[query.Words.Count];
    private readonly TermReader _terms = state.Terms;

    /// <summary>What is found by all that is looked for; to be disposed of.</summary>
    public Tally Titles()
    {
        var tally = new Tally(state, _words.Count);
        for (var at = 0; at < _words.Count; at++)
        {
            Take(tally.Best, at, isOfPeople: false);
            tally.EndWord();
        }

        return tally;
    }

    /// <summary>What is found by names of people alone; to be disposed of. Null where a word is of nobody's name.</summary>
    public Tally? People()
    {
        var tally = new Tally(state, _words.Count);
        for (var at = 0; at < _words.Count; at++)
        {
            Take(tally.Best, at, isOfPeople: true);
            if (tally.EndWord()) continue;
            tally.Dispose();
            return null;
        }

        return tally;
    }

    /// <summary>Words that may be meant by one of the query: two letters are forgiven where it is long and like no word.</summary>
    public IReadOnlyList<NearWord> Near(int at) => _near[at] ??= at < MostForgiven ? Near(state.Words, _words[at], at == _words.Count - 1) : [];

    /// <summary>The same of genres and tags, which many titles have: of a word that nothing is called by, so that a search for "prime" does not find all crime.</summary>
    public IReadOnlyList<NearWord> NearAbout(int at) => IsKnown(state.Words, _words[at].Text, at == _words.Count - 1) ? [] : Near(at);

    private static bool IsKnown(Vocabulary words, string text, bool isLast) => isLast ? words.HasBeginning(text) : words.Has(text);

    private static IReadOnlyList<NearWord> Near(Vocabulary words, Word word, bool isLast)
    {
        var text = word.Text;
        if (word.IsGram || text.Length < ShortestForgiven || text.All(char.IsAsciiDigit) || Text.Words.NumberOf(text) is not null) return [];
        var isBeginning = isLast && text.Length >= ShortestBeginningForgiven;
        var near = words.Near(text, 1, isBeginning, MostNear);
        var isLike = near is [{ IsWhole: true }, ..] || IsKnown(words, text, isLast);
        return isLike || text.Length < ShortestForgivenTwice ? near : words.Near(text, 2, isBeginning, MostNear);
    }

    private void Take(Span<byte> best, int at, bool isOfPeople)
    {
        foreach (var form in Text.Words.FormsOf(_words[at].Text)) TakeForm(best, _words[at] with { Text = form }, at, isOfPeople);
        if (!isOfPeople) TakeNumber(best, at);
        foreach (var other in Near(at))
        {
            if (!isOfPeople) _terms.Raise(Fields.Name, other.Text, best, Worth.NearName(other.Edits, other.IsWhole));
            _terms.Raise(Fields.Person, other.Text, best, Worth.NearPerson(other.Edits, other.IsWhole));
        }

        if (isOfPeople) return;
        foreach (var other in NearAbout(at)) _terms.Raise(Fields.About, other.Text, best, Worth.NearAbout(other.Edits, other.IsWhole));
    }

    // "rocky ii" for "Rocky 2": as a whole word, since what begins with these digits is another number.
    private void TakeNumber(Span<byte> best, int at)
    {
        var text = _words[at].Text;
        if (Text.Words.NumberOf(text) is not { } number || (at == 0 && text.Length < ShortestFirstNumeral)) return;
        _terms.Raise(Fields.Name, number, best, Worth.Name);
        _terms.Raise(Fields.Said, number, best, Worth.Said);
        if (at == 0) _terms.Raise(Fields.First, number, best, Worth.First);
        else if (!_words[at - 1].IsGram) TakePair(best, _words[at - 1], new(number, IsGram: false), isLast: false);
    }

    private void TakeForm(Span<byte> best, Word word, int at, bool isOfPeople)
    {
        var isLast = at == _words.Count - 1;
        if (!isOfPeople) TakeTitle(best, word, at, isLast);
        _terms.Raise(Fields.Person, word.Text, best, Worth.Person);
        if (isLast && !word.IsGram) RaiseBeginning(best, Fields.Person, word.Text, Worth.PersonBeginning);
    }

    private void TakeTitle(Span<byte> best, Word word, int at, bool isLast)
    {
        _terms.Raise(Fields.Name, word.Text, best, Worth.Name);
        _terms.Raise(Fields.About, word.Text, best, Worth.About);
        _terms.Raise(Fields.Said, word.Text, best, Worth.Said);
        if (at == 0) _terms.Raise(Fields.First, word.Text, best, Worth.First);
        if (word.IsGram) return;
        TakeJoined(best, word.Text, isLast);
        if (at > 0 && !_words[at - 1].IsGram) TakePair(best, _words[at - 1], word, isLast);
        if (!isLast && !_words[at + 1].IsGram) TakePair(best, word, _words[at + 1], at + 2 == _words.Count);
        if (!isLast) return;
        RaiseBeginning(best, Fields.Name, word.Text, Worth.NameBeginning);
        if (at == 0) RaiseBeginning(best, Fields.First, word.Text, Worth.FirstBeginning);
        if (word.Text.Length >= Fields.LongestStart) _terms.RaiseBeginning(Fields.About, word.Text, best, Worth.AboutBeginning);
    }

    // "spiderman" for a name of two words.
    private void TakeJoined(Span<byte> best, string word, bool isLast)
    {
        if (word.Length < ShortestJoined) return;
        _terms.Raise(Fields.Joined, word, best, Worth.Joined);
        if (isLast) _terms.RaiseBeginning(Fields.Joined, word, best, Worth.JoinedBeginning);
    }

    // "spider man" for a name of one; and two words that stand side by side in the name, too.
    private void TakePair(Span<byte> best, Word one, Word next, bool isLast)
    {
        var pair = TitleTerms.Join(one.Text, next.Text);
        _terms.Raise(Fields.Joined, pair, best, Worth.Joined);
        _terms.Raise(Fields.Name, pair, best, Worth.Name);
        if (isLast && pair.Length >= ShortestJoined) RaiseBeginning(best, Fields.Name, pair, Worth.NameBeginning);
    }

    private void RaiseBeginning(Span<byte> best, string field, string beginning, byte points)
    {
        if (beginning.Length <= Fields.LongestStart) _terms.Raise(Fields.StartOf(field), beginning, best, points);
        else _terms.RaiseBeginning(field, beginning, best, points);
    }
}
