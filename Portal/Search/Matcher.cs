using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Goes through a query word by word.</summary>
internal sealed class Matcher
{
    // Shorter words are near everything.
    private const int ShortestForgiven = 3;
    private const int ShortestForgivenTwice = 8;
    private const int ShortestBeginningForgiven = 4;
    private const int ShortestJoined = 5;
    private const int MostNear = 64;

    private readonly SearchState _state;
    private readonly IReadOnlyList<Word> _words;
    private readonly TermCursor _terms;
    private readonly Tally _tally;

    private Matcher(SearchState state, SearchQuery query) => (_state, _words, _terms, _tally) = (state, query.Words, state.Terms.Open(), new(state));

    /// <summary>To be disposed of.</summary>
    /// <param name="state">What is searched.</param>
    /// <param name="query">What for.</param>
    /// <param name="isOfPeople">Whether names of people count alone.</param>
    public static Tally Run(SearchState state, SearchQuery query, bool isOfPeople = false)
    {
        var matcher = new Matcher(state, query);
        for (var i = 0; i < query.Words.Count; i++) matcher.Take(i, isOfPeople);
        return matcher._tally;
    }

    /// <summary>Words that may be meant by one that is mistyped: two letters are forgiven where it is long and like no word.</summary>
    public static IReadOnlyList<NearWord> Near(Vocabulary words, Word word, bool isLast)
    {
        var text = word.Text;
        if (word.IsGram || text.Length < ShortestForgiven || text.All(char.IsAsciiDigit)) return [];
        var isBeginning = isLast && text.Length >= ShortestBeginningForgiven;
        var near = words.Near(text, 1, isBeginning, MostNear);
        var isLike = near is [{ IsWhole: true }, ..] || (isLast ? words.HasBeginning(text) : words.Has(text));
        return isLike || text.Length < ShortestForgivenTwice ? near : words.Near(text, 2, isBeginning, MostNear);
    }

    private void Take(int at, bool isOfPeople)
    {
        var (word, isLast) = (_words[at], at == _words.Count - 1);
        if (!isOfPeople) TakeTitle(word, at, isLast);
        Raise(Fields.Person, word.Text, Worth.Person);
        if (isLast && !word.IsGram) RaiseBeginning(Fields.Person, word.Text, Worth.PersonBeginning);
        foreach (var other in Near(_state.Words, word, isLast))
        {
            if (!isOfPeople) Raise(Fields.Name, other.Text, Worth.NearName(other.Edits, other.IsWhole));
            Raise(Fields.Person, other.Text, Worth.NearPerson(other.Edits, other.IsWhole));
        }

        _tally.EndWord();
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
        if (word.Text.Length >= Fields.LongestStart) _terms.RaiseBeginning(Fields.About, word.Text, _tally.Best, Worth.AboutBeginning);
    }

    // "spiderman" for a name of two words.
    private void TakeJoined(string word, bool isLast)
    {
        if (word.Length < ShortestJoined) return;
        Raise(Fields.Joined, word, Worth.Joined);
        if (isLast) _terms.RaiseBeginning(Fields.Joined, word, _tally.Best, Worth.JoinedBeginning);
    }

    // "spider man" for a name of one; and two words that stand side by side in the name, too.
    private void TakePair(Word one, Word next, bool isLast)
    {
        var pair = TitleTerms.Join(one.Text, next.Text);
        Raise(Fields.Joined, pair, Worth.Joined);
        Raise(Fields.Name, pair, Worth.Name);
        if (isLast && pair.Length >= ShortestJoined) RaiseBeginning(Fields.Name, pair, Worth.NameBeginning);
    }

    private void RaiseBeginning(string field, string beginning, byte points)
    {
        if (beginning.Length <= Fields.LongestStart) Raise(Fields.StartOf(field), beginning, points);
        else _terms.RaiseBeginning(field, beginning, _tally.Best, points);
    }

    private void Raise(string field, string term, byte points) => _terms.Raise(field, term, _tally.Best, points);
}
