using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using MongoDB.Bson;

namespace FlickStream.Platform.Tests.Documents.Mongo;

public sealed class MongoIndexesTests
{
    private const string ById = """{"v":2,"key":{"_id":1},"name":"_id_"}""";
    private const string ByDeclared = """{"name":"ix__declared","key":{"declared":1,"_id":1}}""";
    private const string Plain = """{"name":"ix_studio__year","key":{"fields.studio":1,"fields.year":1,"_id":1}}""";

    private const string Unique =
        """
        {"name":"ux_studio__slug","key":{"fields.studio":1,"fields.slug":1},"unique":true,
         "partialFilterExpression":{"fields.studio":{"$exists":true},"fields.slug":{"$exists":true}}}
        """;

    private const string Sparse =
        """{"name":"ix_sparse__slug","key":{"fields.slug":1,"_id":1},"partialFilterExpression":{"fields.slug":{"$exists":true}}}""";

    private static readonly DocumentIndex[] Declared = [new(["studio", "year"], false), new(["studio", "slug"], true)];

    [Fact]
    public void A_new_collection_gets_its_indexes_a_unique_one_for_documents_without_null_only() =>
        Expect(Declared, [], create: [ByDeclared, Plain, Unique]);

    [Fact]
    public void A_sparse_index_is_for_documents_without_null_too_and_is_left_alone_where_it_is()
    {
        Expect([new(["slug"], false, IsSparse: true)], [], create: [ByDeclared, Sparse]);
        Expect([new(["slug"], false, IsSparse: true)], [ById, ByDeclared, AsTheServerTellsIt(Sparse)]);
    }

    [Fact]
    public void Indexes_that_are_there_are_left_alone_whatever_the_server_adds_to_them() =>
        Expect(Declared, [ById, .. ((string[])[ByDeclared, Plain, Unique]).Select(AsTheServerTellsIt)]);

    [Fact]
    public void An_index_that_is_no_longer_declared_stays_for_the_other_release() =>
        Expect([], [ById, ByDeclared, Plain], stale: ["ix_studio__year"]);

    [Fact]
    public void A_unique_index_that_is_no_longer_declared_goes() => Expect([], [ById, ByDeclared, Unique], drop: ["ux_studio__slug"]);

    [Fact]
    public void An_index_of_a_changed_definition_is_made_anew()
    {
        var former = Plain.Replace("\"fields.year\":1", "\"fields.year\":-1", StringComparison.Ordinal);
        Expect(Declared[..1], [ById, ByDeclared, former], create: [Plain], drop: ["ix_studio__year"]);
    }

    [Fact]
    public void Indexes_that_are_not_ours_are_not_touched() =>
        Expect([], [ById, ByDeclared, """{"name":"by_hand","key":{"json":1},"unique":true}"""]);

    private static string AsTheServerTellsIt(string index)
    {
        var document = BsonDocument.Parse(index);
        document["key"] = new BsonDocument(document["key"].AsBsonDocument.Select(key => new BsonElement(key.Name, key.Value.ToDouble())));
        return document.Add("v", 2).Add("ns", "flickstream.films").ToJson();
    }

    private static void Expect(DocumentIndex[] declared, string[] existing, string[]? create = null, string[]? drop = null, string[]? stale = null)
    {
        var plan = MongoIndexes.Plan(declared, [.. existing.Select(BsonDocument.Parse)]);
        Assert.Equal((create ?? []).Select(BsonDocument.Parse), plan.Create);
        Assert.Equal(drop ?? [], plan.Drop);
        Assert.Equal(stale ?? [], plan.Stale);
    }
}
