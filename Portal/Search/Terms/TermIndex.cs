using System.Globalization;
using FlickStream.Platform.Cache;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace FlickStream.Portal.Search.Terms;

/// <summary>
/// Which rows have which terms: an inverted index of Lucene's, in memory, which is made anew at each start. Nothing but whether a row has a term is
/// taken from it: Lucene's own scores depend on how many documents it ever held and on how they lie, and so would differ from node to node.
/// Writes are seen by the next <see cref="Read"/>; any thread may write.
/// </summary>
internal sealed class TermIndex : IDisposable
{
    public const string RowField = "row";

    private const double BufferMegabytes = 64;

    private static readonly FieldType Terms = Frozen();

    private readonly RAMDirectory _directory = new();
    private readonly IndexWriter _writer;
    private DirectoryReader _reader;
    private Recent<(string Field, string Text, bool IsBeginning), TermRows> _kept = new(TermReader.MostBytes);

    public TermIndex()
    {
        _writer = new(_directory, new(LuceneVersion.LUCENE_48, null) { RAMBufferSizeMB = BufferMegabytes });
        _reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
    }

    /// <summary>In place of what the row had.</summary>
    public void Put(int row, IEnumerable<(string Field, IReadOnlyCollection<string> Terms)> fields)
    {
        var key = KeyOf(row);
        var document = new Document { new StringField(key.Field, key.Text, Field.Store.NO), new NumericDocValuesField(RowField, row) };
        foreach (var (field, terms) in fields)
            if (terms.Count > 0) document.Add(new Field(field, new TermStream(terms), Terms));
        _writer.UpdateDocument(key, document);
    }

    public void Remove(int row) => _writer.DeleteDocuments(KeyOf(row));

    /// <summary>Puts its parts together, after much was written: each part is looked into for each term.</summary>
    public void Compact() => _writer.ForceMerge(1);

    /// <summary>All that was written until now; to be disposed of. By one thread at a time.</summary>
    public TermReader Read()
    {
        if (DirectoryReader.OpenIfChanged(_reader, _writer, applyAllDeletes: true) is { } newer)
        {
            _reader.Dispose();
            (_reader, _kept) = (newer, new(TermReader.MostBytes));
        }

        return new TermReader(_reader, _kept);
    }

    public long Bytes => _directory.GetSizeInBytes();

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        _directory.Dispose();
    }

    private static Term KeyOf(int row) => new("key", row.ToString(CultureInfo.InvariantCulture));

    private static FieldType Frozen()
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_ONLY };
        type.Freeze();
        return type;
    }

    private sealed class TermStream : TokenStream
    {
        private readonly IEnumerator<string> _terms;
        private readonly ICharTermAttribute _term;

        public TermStream(IEnumerable<string> terms)
        {
            _terms = terms.GetEnumerator();
            _term = AddAttribute<ICharTermAttribute>();
        }

        public override bool IncrementToken()
        {
            if (!_terms.MoveNext()) return false;
            ClearAttributes();
            _term.Append(_terms.Current);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _terms.Dispose();
            base.Dispose(disposing);
        }
    }
}
