using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using MongoDB.Bson;

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>What is sent, as whole documents.</summary>
public sealed class MongoQueryTests
{
    public static TheoryData<DocumentFilter[], string> Filters => new()
    {
        { [], "{}" },
        { [DocumentFilter.Equal("studio", "a")], """{"fields.studio":{"$eq":"a"}}""" },
        { [DocumentFilter.Equal("studio", null)], """{"fields.studio":{"$eq":null}}""" },
        { [DocumentFilter.Below("year", 3L)], """{"fields.year":{"$lt":{"$numberLong":"3"}}}""" },
        { [DocumentFilter.AtMost("year", 3L)], """{"fields.year":{"$lte":{"$numberLong":"3"}}}""" },
        { [DocumentFilter.Above("year", 3L)], """{"fields.year":{"$gt":{"$numberLong":"3"}}}""" },
        { [DocumentFilter.AtLeast("year", 3L)], """{"fields.year":{"$gte":{"$numberLong":"3"}}}""" },
        { [DocumentFilter.In("studio", ["a", "b"])], """{"fields.studio":{"$in":["a","b"]}}""" },
        { [DocumentFilter.In("studio", [])], """{"fields.studio":{"$in":[]}}""" },
        { [DocumentFilter.Equal("studio", "$ne")], """{"fields.studio":{"$eq":"$ne"}}""" },
        {
            [DocumentFilter.AtLeast("year", 3L), DocumentFilter.Below("year", 5L)],
            """{"$and":[{"fields.year":{"$gte":{"$numberLong":"3"}}},{"fields.year":{"$lt":{"$numberLong":"5"}}}]}"""
        },
    };

    public static TheoryData<DocumentSort[], object?[], string[]> Followers => new()
    {
        { [], [], ["""{"_id":{"$gt":"x"}}"""] },
        {
            [new("year")], [3L],
            ["""{"$and":[{"fields.year":{"$eq":{"$numberLong":"3"}}},{"_id":{"$gt":"x"}}]}""", """{"fields.year":{"$gt":{"$numberLong":"3"}}}"""]
        },
        { [new("year")], [null], ["""{"$and":[{"fields.year":{"$eq":null}},{"_id":{"$gt":"x"}}]}""", """{"fields.year":{"$ne":null}}"""] },
        {
            [new("year", true)], [3L],
            [
                """{"$and":[{"fields.year":{"$eq":{"$numberLong":"3"}}},{"_id":{"$lt":"x"}}]}""",
                """{"fields.year":{"$lt":{"$numberLong":"3"}}}""", """{"fields.year":{"$eq":null}}""",
            ]
        },
        { [new("year", true)], [null], ["""{"$and":[{"fields.year":{"$eq":null}},{"_id":{"$lt":"x"}}]}"""] },
        {
            [new("studio"), new("year", true)], ["a", null],
            [
                """{"$and":[{"fields.studio":{"$eq":"a"}},{"fields.year":{"$eq":null}},{"_id":{"$lt":"x"}}]}""",
                """{"fields.studio":{"$gt":"a"}}""",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public void A_conjunction_is_a_filter(DocumentFilter[] filters, string expected) =>
        Assert.Equal(BsonDocument.Parse(expected), MongoQuery.Filter(filters));

    [Theory]
    [MemberData(nameof(Followers), DisableDiscoveryEnumeration = true)]
    public void What_follows_a_cursor_is_read_range_by_range(DocumentSort[] sort, object?[] end, string[] expected)
    {
        var cursor = DocumentCursor.Decode(DocumentCursor.Encode(sort, end, "x"), sort);
        Assert.Equal(expected.Select(BsonDocument.Parse), MongoQuery.Page([], sort, cursor));
    }

    [Fact]
    public void The_filters_of_a_query_hold_for_every_range()
    {
        var cursor = new DocumentCursor([3L], "x");
        Assert.Equal(
            [
                BsonDocument.Parse("""{"$and":[{"fields.state":{"$eq":"a"}},{"fields.year":{"$eq":{"$numberLong":"3"}}},{"_id":{"$gt":"x"}}]}"""),
                BsonDocument.Parse("""{"$and":[{"fields.state":{"$eq":"a"}},{"fields.year":{"$gt":{"$numberLong":"3"}}}]}"""),
            ],
            MongoQuery.Page([DocumentFilter.Equal("state", "a")], [new("year")], cursor));
    }

    [Theory]
    [InlineData("""{"_id":1}""")]
    [InlineData("""{"fields.year":1,"_id":1}""", "year")]
    [InlineData("""{"fields.studio":1,"fields.year":-1,"_id":-1}""", "studio", "-year")]
    public void An_order_ends_with_the_id_in_the_direction_of_its_last_field(string expected, params string[] sort) => Assert.Equal(
        BsonDocument.Parse(expected),
        MongoQuery.Order([.. sort.Select(field => new DocumentSort(field.TrimStart('-'), field.StartsWith('-')))]));

    [Fact]
    public void A_document_keeps_its_text_and_those_fields_that_have_a_value()
    {
        var document = MongoQuery.Document("f1", 3, "seen,studio,year", """{"year":1.50}""", [new("studio", null), new("year", 7L), new("seen", 0L)]);
        Assert.Equal(
            new BsonDocument
            {
                { "_id", "f1" }, { "version", 3L }, { "declared", "seen,studio,year" },
                { "fields", new BsonDocument { { "year", 7L }, { "seen", 0L } } }, { "json", """{"year":1.50}""" },
            },
            document);
    }
}
